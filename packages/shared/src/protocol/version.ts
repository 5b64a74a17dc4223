/**
 * Version of the records' shape and of the wire protocol, sent with every push.
 * 1: first.
 */
export const SCHEMA_VERSION = 1;
