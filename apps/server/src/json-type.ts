/** Content type of answers whose JSON text is made by us rather than by the framework. */
export const JSON_TYPE = "application/json; charset=utf-8";
