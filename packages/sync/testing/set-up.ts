import { createFakeStudio } from "./fake-studio.ts";
import type { Fault } from "./fake-transport.ts";
import { createDevice, type DeviceOptions } from "./open-device.ts";
import { createVirtualClock } from "./virtual-clock.ts";

/** A studio, and a device of a given name with it; `faults` are met by its next requests of that kind, in order. */
export function setUp(options: Partial<DeviceOptions> = {}) {
  const clock = createVirtualClock();
  const studio = createFakeStudio();
  const faults: { what: string; fault: Fault }[] = [];
  const openDevice = (name: string) =>
    createDevice({
      clock,
      studio,
      name,
      fault(what) {
        const index = faults.findIndex((planned) => planned.what === what);
        return index === -1 ? "none" : (faults.splice(index, 1)[0]?.fault ?? "none");
      },
      ...options,
    });
  return { clock, studio, faults, openDevice };
}
