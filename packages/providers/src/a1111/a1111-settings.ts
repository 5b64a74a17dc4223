import type { ProviderSetting } from "../provider.ts";

export const A1111_SETTINGS: readonly ProviderSetting[] = [
  {
    name: "baseUrl",
    label: "Address",
    description: "Where the web UI runs; it must be started with --api.",
    env: "A1111_BASE_URL",
    isSecret: false,
    isRequired: false,
    default: "http://127.0.0.1:7860",
  },
  {
    name: "login",
    label: "Login",
    description: "User and password as user:password, where it was started with --api-auth.",
    env: "A1111_LOGIN",
    isSecret: true,
    isRequired: false,
  },
];
