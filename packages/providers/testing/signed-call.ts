/** A call to a webhook, ready to be sent. */
export interface SignedCall {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}
