import { Button } from "@mantine/core";
import { createLink } from "@tanstack/react-router";

/** A button that goes somewhere: a real link with the look of a button. */
export const LinkButton = createLink(Button<"a">);
