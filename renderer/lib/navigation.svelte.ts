import { createContext } from 'svelte';
import type { Route } from './routes.ts';

/** Where the user is. One per window. */
export class Router {
  current: Route = $state.raw({ name: 'compose' });

  /** Goes to a place. Opening the same place again with other data shows the new data. */
  go = (route: Route): void => {
    this.current = route;
  };
}

const [useRouterContext, provideRouterContext] = createContext<Router>();

/** Gives the router to every component below. Call during component initialisation. */
export const provideRouter = (router: Router): Router => provideRouterContext(router);

/** The router given further up, for reading where the user is. */
export const useRouter = (): Router => useRouterContext();

/** The function that goes to a place. Call during component initialisation. */
export const useNavigate = (): ((route: Route) => void) => useRouterContext().go;
