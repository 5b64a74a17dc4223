import { Link } from "@tanstack/react-router";
import { ComingNote, Nothing, Page, Section } from "../../components/page.tsx";
import { Picture } from "../../components/picture.tsx";
import { counted, formatDate } from "../../domain/format.ts";
import { useRecords } from "../../sync/use-records.ts";
import styles from "./gallery.module.css";

/** Gallery sessions that exist, each with its first pictures. */
export function GalleryRoom() {
  const sessions = useRecords("gallerySessions");
  const images = useRecords("galleryImages");
  return (
    <Page>
      <ComingNote title="The canvas comes to this room later">
        You will arrange pictures on a canvas here. Sessions that the API has kept can be looked at already.
      </ComingNote>
      <Section title="Sessions" aside={counted(sessions.length, "session")}>
        {sessions.length === 0 ? (
          <Nothing>No sessions yet.</Nothing>
        ) : (
          <ul className={styles["cards"]}>
            {sessions.map((session) => {
              const mine = images.filter(({ sessionId }) => sessionId === session.id);
              return (
                <li key={session.id}>
                  <Link
                    to="/gallery/$sessionId"
                    params={{ sessionId: session.id }}
                    className={styles["card"]}
                  >
                    <span className={styles["mosaic"]}>
                      {mine.slice(0, 4).map((image) => (
                        <Picture key={image.id} blob={image.blob} alt="" width={104} height={78} />
                      ))}
                    </span>
                    <b>{session.name === "" ? session.id : session.name}</b>
                    <span>
                      {counted(mine.length, "picture")} · {formatDate(session.updatedAt)}
                    </span>
                  </Link>
                </li>
              );
            })}
          </ul>
        )}
      </Section>
    </Page>
  );
}
