import {
  createTheme,
  type CSSVariablesResolver,
  type MantineColorsTuple,
  type VariantColorsResolver,
} from "@mantine/core";
import styles from "./styles/controls.module.css";

// The library's scales are our tokens: `dark` is read by its dark theme, `gray` by its light one.
const dark: MantineColorsTuple = [
  "var(--text)",
  "var(--text)",
  "var(--muted)",
  "var(--faint)",
  "var(--line)",
  "var(--hover)",
  "var(--raised)",
  "var(--surface)",
  "var(--bg)",
  "var(--bg)",
];
const gray: MantineColorsTuple = [
  "var(--hover)",
  "var(--hover)",
  "var(--hover)",
  "var(--line)",
  "var(--line)",
  "var(--faint)",
  "var(--muted)",
  "var(--muted)",
  "var(--text)",
  "var(--text)",
];
const accent = "var(--accent)";
const amber: MantineColorsTuple = [
  accent,
  accent,
  accent,
  accent,
  accent,
  accent,
  accent,
  accent,
  accent,
  accent,
];

const variantColorResolver: VariantColorsResolver = ({ variant }) => {
  switch (variant) {
    case "filled":
      return {
        background: "var(--accent)",
        hover: "color-mix(in srgb, var(--accent) 88%, var(--text))",
        color: "var(--accent-ink)",
        border: "1px solid var(--accent)",
      };
    case "subtle":
      return {
        background: "transparent",
        hover: "var(--hover)",
        color: "var(--muted)",
        border: "1px solid transparent",
      };
    default:
      return {
        background: "var(--raised)",
        hover: "var(--hover)",
        color: "var(--text)",
        border: "1px solid var(--line)",
      };
  }
};

export const theme = createTheme({
  primaryColor: "amber",
  primaryShade: 5,
  colors: { dark, gray, amber },
  fontFamily: '"Inter Variable", system-ui, sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SFMono-Regular", Menlo, Consolas, monospace',
  defaultRadius: "7px",
  respectReducedMotion: true,
  cursorType: "pointer",
  variantColorResolver,
  components: {
    Input: { classNames: { input: styles["input"] ?? "" } },
    InputWrapper: { classNames: { label: styles["label"] ?? "", error: styles["error"] ?? "" } },
    Button: {
      defaultProps: { variant: "default" },
      classNames: { root: styles["button"] ?? "", label: styles["buttonLabel"] ?? "" },
    },
    ActionIcon: { defaultProps: { variant: "subtle", size: 32 } },
    Tooltip: {
      defaultProps: { openDelay: 400, transitionProps: { duration: 120 }, withinPortal: true },
      classNames: { tooltip: styles["tooltip"] ?? "" },
    },
    Popover: {
      defaultProps: { transitionProps: { duration: 120 }, shadow: "md" },
      classNames: { dropdown: styles["dropdown"] ?? "" },
    },
    Menu: {
      defaultProps: { transitionProps: { duration: 120 }, shadow: "md" },
      classNames: { dropdown: styles["dropdown"] ?? "", item: styles["option"] ?? "" },
    },
    Combobox: {
      defaultProps: { transitionProps: { duration: 120 }, shadow: "md" },
      classNames: { dropdown: styles["dropdown"] ?? "", option: styles["option"] ?? "" },
    },
    Select: {
      defaultProps: { allowDeselect: false, withCheckIcon: false },
      classNames: {
        dropdown: styles["dropdown"] ?? "",
        option: styles["option"] ?? "",
        input: styles["input"] ?? "",
      },
    },
    Slider: {
      defaultProps: { size: 4, thumbSize: 16, label: null },
      classNames: {
        track: styles["sliderTrack"] ?? "",
        thumb: styles["sliderThumb"] ?? "",
        bar: styles["sliderBar"] ?? "",
      },
    },
    SegmentedControl: {
      defaultProps: { transitionDuration: 0 },
      classNames: {
        root: styles["segments"] ?? "",
        label: styles["segment"] ?? "",
        indicator: styles["segmentOn"] ?? "",
      },
    },
    Modal: {
      defaultProps: { transitionProps: { duration: 140 } },
      classNames: {
        content: styles["sheet"] ?? "",
        header: styles["sheet"] ?? "",
        title: styles["sheetTitle"] ?? "",
      },
    },
    Drawer: {
      defaultProps: { transitionProps: { duration: 160 } },
      classNames: {
        content: styles["sheet"] ?? "",
        header: styles["sheet"] ?? "",
        title: styles["sheetTitle"] ?? "",
      },
    },
    Kbd: { classNames: { root: styles["kbd"] ?? "" } },
    Notification: { classNames: { root: styles["notification"] ?? "" } },
  },
});

/** The library's own variables, set to our tokens. */
export const cssVariablesResolver: CSSVariablesResolver = () => {
  const colours = {
    "--mantine-color-body": "var(--bg)",
    "--mantine-color-text": "var(--text)",
    "--mantine-color-bright": "var(--text)",
    "--mantine-color-dimmed": "var(--muted)",
    "--mantine-color-placeholder": "var(--faint)",
    "--mantine-color-anchor": "var(--accent)",
    "--mantine-color-error": "var(--bad)",
    "--mantine-color-default": "var(--raised)",
    "--mantine-color-default-hover": "var(--hover)",
    "--mantine-color-default-color": "var(--text)",
    "--mantine-color-default-border": "var(--line)",
    "--mantine-color-disabled": "var(--surface)",
    "--mantine-color-disabled-color": "var(--faint)",
    "--mantine-color-disabled-border": "var(--line)",
    "--mantine-primary-color-filled": "var(--accent)",
    "--mantine-primary-color-filled-hover": "var(--accent)",
    "--mantine-primary-color-contrast": "var(--accent-ink)",
  };
  return { variables: {}, light: colours, dark: colours };
};
