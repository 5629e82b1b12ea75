const query = `# The satisfaction index of every quarter, with its interval and base.
{
  scoreRows(metric: "CSI", dimension: "all") {
    quarter
    value
    lower
    upper
    n
    change
    changeSignificant
  }
}
`;
ReactDOM.createRoot(document.getElementById("graphiql")).render(
  React.createElement(GraphiQL, {
    fetcher: GraphiQL.createFetcher({ url: "/graphql" }),
    defaultQuery: query,
    defaultEditorToolsVisibility: true,
  }),
);
