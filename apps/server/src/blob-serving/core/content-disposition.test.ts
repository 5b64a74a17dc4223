import { expect, it } from "vitest";
import { contentDisposition } from "./content-disposition.ts";

it.each([
  ["a-lighthouse.png", 'inline; filename="a-lighthouse.png"'],
  ['a"b\\c.png', `inline; filename="a_b_c.png"; filename*=UTF-8''a%22b%5Cc.png`],
  [
    "évening\r\nX: 1.png",
    `inline; filename="_vening__X: 1.png"; filename*=UTF-8''%C3%A9vening%0D%0AX%3A%201.png`,
  ],
  ["it's (1).png", `inline; filename="it's (1).png"`],
  ["\ud800.png", `inline; filename="_.png"; filename*=UTF-8''%EF%BF%BD.png`],
])("writes %j so that it cannot leave its header", (filename, header) => {
  expect(contentDisposition("inline", filename)).toBe(header);
});
