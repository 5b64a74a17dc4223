/** The sign-in page: works without scripts and without the app. */
export function loginPage(message: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Safelight: sign in</title>
<style>
  body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: #0f0f10; color: #e8e6e3;
    font: 16px/1.5 system-ui, sans-serif; }
  form { width: min(22rem, 90vw); display: grid; gap: 0.75rem; }
  h1 { font-size: 1.25rem; margin: 0; }
  input, button { font: inherit; padding: 0.6rem 0.75rem; border-radius: 6px; border: 1px solid #55524e; }
  input { background: #1a1a1c; color: inherit; }
  button { background: #ffb454; border-color: #ffb454; color: #1a1204; font-weight: 600; cursor: pointer; }
</style>
<form method="post" action="/login">
  <h1>Safelight</h1>
  <p role="status">${message}</p>
  <label for="token">Token</label>
  <input id="token" name="token" type="password" autocomplete="current-password" required autofocus>
  <button>Sign in</button>
</form>
</html>
`;
}
