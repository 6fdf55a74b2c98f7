/** A JSON Schema, as far as it is handed on here: keywords and what they say. */
export type JsonSchema = { [keyword: string]: unknown };
