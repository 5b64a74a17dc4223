/** Longest name of a device, in UTF-16 units: of what its owner types, what a push says and what the journal takes. */
export const MOST_DEVICE_NAME = 40;
