import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestApp, type TestApp } from "../../../testing/create-test-app.ts";
import { makePicture } from "../../../testing/pictures.ts";
import { createGuardedFetch } from "../../net/guarded-fetch.ts";

describe("an image from a URL", () => {
  let remote: Server;
  let remoteUrl: string;
  let gallery: TestApp;

  beforeEach(async () => {
    const bytes = await makePicture({ format: "png", width: 90, height: 110 });
    remote = createServer((request, response) => {
      if (request.url === "/away") response.writeHead(302, { location: "http://127.0.0.2:9/" }).end();
      else if (request.url === "/page") response.end("<p>no picture</p>");
      else response.writeHead(200, { "content-type": "text/html" }).end(bytes);
    });
    remote.listen(0, "127.0.0.1");
    await once(remote, "listening");
    const address = remote.address();
    remoteUrl = `http://127.0.0.1:${address !== null && typeof address === "object" ? address.port : 0}`;
    const fetchUrl = createGuardedFetch({
      maxBytes: 1_000_000,
      isAllowedAddress: (address) => address === "127.0.0.1",
    });
    gallery = await createTestApp({ gallery: { fetchUrl } });
  });
  afterEach(async () => {
    await gallery.close();
    remote.close();
    await once(remote, "close");
  });

  it("is fetched at once, typed by its bytes and kept", async () => {
    const { body } = await gallery.request.post("/api/gallery/sessions").send({}).expect(201);
    const image_url = `${remoteUrl}/a`;
    const images = `/api/gallery/session/${body.id}/images`;
    const answer = await gallery.request
      .post(images)
      .send({ image_url, directive: "Quiet harbour" })
      .expect(201);
    const file = await gallery.request.get(answer.body.url).responseType("blob").expect(200);
    expect((await makePicture({ format: "png", width: 90, height: 110 })).equals(file.body)).toBe(true);
    expect(file.headers["content-type"]).toBe("image/png");
    const [image] = [...gallery.store.scan("galleryImages")];
    expect(image).toMatchObject({ url: image_url, number: 1 });

    const before = gallery.store.cursor();
    const page = await gallery.request
      .post(images)
      .send({ image_url: `${remoteUrl}/page` })
      .expect(415);
    expect(page.body).toMatchObject({ code: "upload.not-media" });
    const away = await gallery.request
      .post(images)
      .send({ image_url: `${remoteUrl}/away` })
      .expect(422);
    expect(away.body).toMatchObject({ code: "url.not-allowed" });
    expect(gallery.store.cursor()).toEqual(before);
  });
});
