import type { GeneratedContent } from "@safelight/shared";
import { IconStar, IconStarFilled } from "@tabler/icons-react";
import { type CSSProperties, useRef, useState } from "react";
import { useRecords } from "../../../sync/use-records.ts";
import { useSyncClient } from "../../../sync/sync-context.tsx";
import { useWindowKeys } from "../../../components/use-window-keys.ts";
import { FullWindow } from "../full-window.tsx";
import { pictureTitle } from "../library/picture-words.ts";
import { FullPicture } from "../viewer/full-picture.tsx";
import { type Fact, type FactNames, settingsFacts } from "../viewer/settings-facts.ts";
import { useFactNames } from "../viewer/use-fact-names.ts";
import { zoomOfKey } from "../zoom/zoom-keys.ts";
import { ZoomStage } from "../zoom/zoom-stage.tsx";
import { FITTED, type Zoom } from "../zoom/zoom.ts";
import styles from "./compare.module.css";
import { comparedFacts } from "./differing-facts.ts";

interface CompareProps {
  readonly ids: readonly string[];
  readonly onClose: () => void;
}

/** Two to four pictures side by side, zoomed and moved together, with the settings in which they differ. */
export function Compare({ ids, onClose }: CompareProps) {
  const client = useSyncClient();
  const names = useFactNames();
  // Stars may change while this is open.
  useRecords("contents");
  const contents = ids.flatMap((id) => client.get("contents", id) ?? []);
  const [zoom, setZoom] = useState<Zoom>(FITTED);
  const stages = useRef<HTMLDivElement>(null);

  useWindowKeys(
    ({ key }) => {
      const first = stages.current?.firstElementChild;
      const size = { x: first?.clientWidth ?? 0, y: first?.clientHeight ?? 0 };
      // Arrows have nothing else to do here.
      const zoomed = zoomOfKey({ key, shiftKey: key.startsWith("Arrow") }, size);
      if (zoomed === undefined) return false;
      setZoom(zoomed);
      return true;
    },
    { about: stages },
  );

  const facts = comparedFacts(contents.map((content) => factsOf(content, names)));
  const columns = { "--columns": contents.length } as CSSProperties;
  return (
    <FullWindow
      label="Compare pictures"
      about={stages}
      className={styles["body"]}
      closeClassName={styles["close"]}
      onClose={onClose}
    >
      <div ref={stages} className={styles["stages"]} style={columns}>
        {contents.map((content) => (
          <figure key={content.id}>
            <ZoomStage zoom={zoom} onZoom={setZoom}>
              <FullPicture content={content} title={pictureTitle(content)} />
            </ZoomStage>
            <button
              type="button"
              className={styles["star"]}
              aria-pressed={content.star === true}
              aria-label={`Star ${pictureTitle(content)}`}
              onClick={() =>
                client.update("contents", content.id, { star: content.star === true ? null : true })
              }
            >
              {content.star === true ? <IconStarFilled size={16} /> : <IconStar size={16} stroke={1.7} />}
            </button>
          </figure>
        ))}
      </div>
      <div className={styles["facts"]}>
        <table>
          <caption className="visually-hidden">
            Settings of the pictures, from left to right; those that differ are marked
          </caption>
          <colgroup>
            <col className={styles["names"]} />
            {contents.map(({ id }) => (
              <col key={id} />
            ))}
          </colgroup>
          <tbody>
            {facts.map(({ name, values, differs }) => (
              <tr key={name} data-differs={differs || undefined}>
                <th scope="row">
                  {name}
                  {differs && <span className="visually-hidden"> differs</span>}
                </th>
                {values.map((value, index) => (
                  <td key={contents[index]?.id ?? index}>{value ?? "none"}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className={styles["zoom"]}>
        {zoom.scale === 1 ? "Fitted" : `${Math.round(zoom.scale * 100)} %`}
        <span> · wheel or + and − zoom all, 0 fits them</span>
      </p>
    </FullWindow>
  );
}

function factsOf(content: GeneratedContent, names: FactNames): readonly Fact[] {
  const facts: Fact[] = [];
  if (content.prompt !== "") facts.push(["Prompt", content.prompt]);
  if (content.negativePrompt !== "") facts.push(["Negative", content.negativePrompt]);
  if (content.title !== undefined) facts.push(["Name", content.title]);
  return [...facts, ...settingsFacts(content, names)];
}
