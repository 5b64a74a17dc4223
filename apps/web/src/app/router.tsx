import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from "@tanstack/react-router";
import { parseCreateSearch } from "../features/create/create-search.ts";
import { parseDataSearch } from "../features/data-room/data-search.ts";
import { parseJobsSearch } from "../features/jobs/jobs-search.ts";
import { NotFound } from "./not-found.tsx";
import { RoomError } from "./room-error.tsx";
import { Shell } from "./shell/shell.tsx";

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound });

const home = createRoute({
  getParentRoute: () => root,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/create", replace: true });
  },
});

const create = createRoute({
  getParentRoute: () => root,
  path: "/create",
  validateSearch: parseCreateSearch,
  component: lazyRouteComponent(() => import("../features/create/create-room.tsx"), "CreateRoom"),
});

const jobs = createRoute({
  getParentRoute: () => root,
  path: "/jobs",
  validateSearch: parseJobsSearch,
  component: lazyRouteComponent(() => import("../features/jobs/jobs-room.tsx"), "JobsRoom"),
});

const analytics = createRoute({
  getParentRoute: () => root,
  path: "/jobs/analytics",
  component: lazyRouteComponent(
    () => import("../features/jobs/analytics/analytics-page.tsx"),
    "AnalyticsPage",
  ),
});

// A child, so that opening a job leaves the table where it is.
const job = createRoute({ getParentRoute: () => jobs, path: "$jobId" });

const train = createRoute({
  getParentRoute: () => root,
  path: "/train",
  component: lazyRouteComponent(() => import("../features/train/train-room.tsx"), "TrainRoom"),
});

const editor = createRoute({
  getParentRoute: () => root,
  path: "/editor",
  component: lazyRouteComponent(() => import("../features/editor/editor-room.tsx"), "EditorRoom"),
});

const gallery = createRoute({
  getParentRoute: () => root,
  path: "/gallery",
  component: lazyRouteComponent(() => import("../features/gallery/gallery-room.tsx"), "GalleryRoom"),
});

const gallerySession = createRoute({
  getParentRoute: () => root,
  path: "/gallery/$sessionId",
  component: lazyRouteComponent(() => import("../features/gallery/session-page.tsx"), "SessionPage"),
});

// The address that the older gallery gave its sessions.
const dynamicSession = createRoute({
  getParentRoute: () => root,
  path: "/dynamic/$sessionId",
  component: lazyRouteComponent(() => import("../features/gallery/session-page.tsx"), "SessionPage"),
});

const data = createRoute({
  getParentRoute: () => root,
  path: "/data",
  validateSearch: parseDataSearch,
  component: lazyRouteComponent(() => import("../features/data-room/data-room.tsx"), "DataRoom"),
});

const settings = createRoute({
  getParentRoute: () => root,
  path: "/settings",
  component: lazyRouteComponent(() => import("../features/settings/settings-room.tsx"), "SettingsRoom"),
});

const routeTree = root.addChildren([
  home,
  create,
  analytics,
  jobs.addChildren([job]),
  train,
  editor,
  gallery,
  gallerySession,
  dynamicSession,
  data,
  settings,
]);

export const router = createRouter({
  routeTree,
  defaultPreload: "intent",
  defaultErrorComponent: RoomError,
  scrollRestoration: false,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
