import { type TSchema, Type } from "@sinclair/typebox";
import { PictureInput } from "./inputs.ts";

/*
 * Fields of a model's parameters. Forms show the title and the description, and start from the default.
 */

/** What every field says of itself. */
interface Words {
  readonly title: string;
  readonly description: string;
}

interface Range<T> extends Words {
  readonly minimum: number;
  readonly maximum: number;
  readonly default?: T;
}

export const integerField = (field: Range<number> & { readonly multipleOf?: number }) =>
  Type.Optional(Type.Integer({ ...field }));

export const numberField = (field: Range<number>) => Type.Optional(Type.Number({ ...field }));

export const switchField = (field: Words & { readonly default: boolean }) =>
  Type.Optional(Type.Boolean({ ...field }));

export const textField = (field: Words & { readonly maxLength: number; readonly default?: string }) =>
  Type.Optional(Type.String({ ...field }));

/** One of a few words. */
export const choiceField = <const C extends readonly string[]>(
  choices: C,
  field: Words & { readonly default?: C[number] },
) =>
  Type.Optional(
    Type.Unsafe<C[number]>({ ...Type.Union(choices.map((choice) => Type.Literal(choice))), ...field }),
  );

export const pictureField = (field: Words) =>
  Type.Optional(Type.Unsafe<typeof PictureInput.static>({ ...PictureInput, ...field }));

/** Largest seed that every provider takes: 32 bits without a sign. */
const MAX_SEED = 0xffff_ffff;

export const seedField = (description: string, maximum = MAX_SEED) =>
  integerField({ title: "Seed", description, minimum: 0, maximum });

/** The parameters of a model: none but these. */
export const fields = <T extends Record<string, TSchema>>(properties: T) =>
  Type.Object(properties, { additionalProperties: false });
