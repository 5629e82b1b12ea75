// What Relay asks of a schema: connections by its names, nodes by global ids, fragments that page.
import { graphql } from "relay-runtime";

export const query = graphql`
  query customersQuery($first: Int!, $after: String) {
    ...customersList
  }
`;

export const list = graphql`
  fragment customersList on Query @refetchable(queryName: "customersPagination") {
    customers(first: $first, after: $after) @connection(key: "List_customers") {
      edges {
        node {
          id
          code
        }
      }
    }
  }
`;
