// Types of TypeScript for the schema, by graphql-codegen with the scalar map that ships.
import { readFileSync, writeFileSync } from "node:fs";
import { generate } from "@graphql-codegen/cli";

const map = JSON.parse(readFileSync("scalars.json", "utf8"));
const scalars = Object.fromEntries(Object.entries(map).map(([name, one]) => [name, one.typescript]));
const [file] = await generate(
  {
    schema: "schema.graphql",
    generates: { "types.ts": { plugins: ["typescript"], config: { scalars, strictScalars: true } } },
  },
  false,
);
writeFileSync("types.ts", file.content);
if (/: (any|unknown);/.test(file.content)) throw new Error("a scalar without a type");
console.log("graphql-codegen", file.content.match(/export type \w+Row = \{/g).length);
