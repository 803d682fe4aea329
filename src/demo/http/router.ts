import { ENDPOINTS, type EndpointName } from '../../contract/endpoints';
import { BASE_PATH } from '../../contract/version';
import { ApiError } from '../records/apiError';

interface Route {
  segments: string[];
  methods: Map<string, EndpointName>;
}

const ROUTES = routesOf();

function routesOf(): Route[] {
  const routes = new Map<string, Route>();
  for (const [name, { path, method }] of Object.entries(ENDPOINTS)) {
    const route = routes.get(path) ?? { segments: path.slice(1).split('/'), methods: new Map() };
    route.methods.set(method, name);
    routes.set(path, route);
  }
  return [...routes.values()];
}

/** `:` and the like may come percent-encoded; what cannot be decoded is left as it is, and is then no id. */
function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

export interface Match {
  name: EndpointName;
  /** Still text. */
  params: Record<string, string>;
}

/**
 * Finds the row of the endpoint table for a path and method; HEAD is GET.
 * @throws ApiError `NOT_FOUND`, then `METHOD_NOT_ALLOWED` with `Allow`
 */
export function matchRoute(pathname: string, method: string): Match {
  const below = pathname.startsWith(`${BASE_PATH}/`) ? pathname.slice(BASE_PATH.length + 1) : null;
  const segments = below?.split('/').map(decode) ?? [];
  const route = below === null ? undefined : ROUTES.find((each) => fits(each, segments));
  if (!route)
    throw new ApiError('NOT_FOUND', `There is nothing at this address; the API is below ${BASE_PATH}.`);
  const name = route.methods.get(method === 'HEAD' ? 'GET' : method);
  if (!name) {
    const allowed = [...route.methods.keys()].flatMap((each) => (each === 'GET' ? ['GET', 'HEAD'] : [each]));
    throw new ApiError('METHOD_NOT_ALLOWED', `Allowed here: ${allowed.join(', ')}.`, undefined, {
      Allow: allowed.join(', '),
    });
  }
  const params: Record<string, string> = {};
  route.segments.forEach((segment, i) => {
    if (segment.startsWith('{')) params[segment.slice(1, -1)] = segments[i] ?? '';
  });
  return { name, params };
}

const fits = (route: Route, segments: string[]): boolean =>
  route.segments.length === segments.length &&
  route.segments.every((segment, i) =>
    segment.startsWith('{') ? segments[i] !== '' : segment === segments[i],
  );
