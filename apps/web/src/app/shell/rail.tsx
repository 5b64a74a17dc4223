import { Link } from "@tanstack/react-router";
import { Logo } from "../../components/logo.tsx";
import { ROOMS } from "../rooms.ts";
import styles from "./rail.module.css";

/** The rooms, each with an icon and its word; a bar at the bottom of a narrow screen. */
export function Rail() {
  return (
    <nav className={styles["rail"]} aria-label="Rooms">
      <div className={styles["logo"]}>
        <Logo size={34} />
      </div>
      {ROOMS.map((room) => (
        <Link
          key={room.to}
          to={room.to}
          className={styles["link"]}
          activeProps={{ "aria-current": "page", "data-on": true }}
          data-last={room.to === "/settings" || undefined}
        >
          <room.icon size={20} stroke={1.7} aria-hidden="true" />
          {room.title}
        </Link>
      ))}
    </nav>
  );
}
