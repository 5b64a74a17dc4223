/** Decides which names a request may call this server by; a foreign one is a page that rebound its DNS name to us. */
export interface HostPolicy {
  /** Whether a `Host` header (with or without a port) names this server. */
  readonly allowsHost: (hostHeader: string | undefined) => boolean;
  /** Whether an `Origin` header is one of our own. Ports are not compared: the Vite server stands on another one. */
  readonly allowsOrigin: (originHeader: string) => boolean;
}

/** Allows loopback literals, `localhost` and the declared names; nothing else. */
export function createHostPolicy(declaredHosts: readonly string[]): HostPolicy {
  const declared = new Set(declaredHosts.map((host) => canonicalHost(host)));
  const allowsName = (name: string) => isLoopbackHost(name) || declared.has(name);
  /** The last header that was allowed: a browser sends the same one with each request. */
  let knownHost: string | undefined;
  return {
    allowsHost: (header) => {
      if (header === undefined) return false;
      if (header === knownHost) return true;
      const name = hostnameOf(header);
      if (name === undefined || !allowsName(name)) return false;
      knownHost = header;
      return true;
    },
    allowsOrigin: (header) => {
      const url = URL.canParse(header) ? new URL(header) : undefined;
      if (url === undefined || (url.protocol !== "http:" && url.protocol !== "https:")) return false;
      return allowsName(url.hostname);
    },
  };
}

/** Whether a bare host name or address reaches this machine alone. */
export function isLoopbackHost(host: string): boolean {
  const name = canonicalHost(host);
  return name === "localhost" || name === "[::1]" || /^127(?:\.\d{1,3}){3}$/.test(name);
}

/** Lower case, IPv6 in brackets and in its shortest form, no trailing dot. */
function canonicalHost(host: string): string {
  const bare = host.trim().toLowerCase();
  return hostnameOf(bare.includes(":") && !bare.startsWith("[") ? `[${bare}]` : bare) ?? bare;
}

function hostnameOf(header: string): string | undefined {
  // Anything beyond `name` or `name:port` would be read differently by `URL` than by whoever sent it.
  if (!/^(?:\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::\d{1,5})?$/i.test(header)) return undefined;
  const url = `http://${header}`;
  return URL.canParse(url) ? new URL(url).hostname.replace(/\.$/, "") : undefined;
}
