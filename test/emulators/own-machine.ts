/** For whom the emulators are: programs on this machine, and no web page whose name was made to lead here. No platform's rule. */

import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { isLoopbackName } from '#src/http/own-names.ts';

/** `handle`, for requests that call this machine by a name of its own; all others get 421. */
export function forThisMachine(handle: RequestListener): RequestListener {
	return (request: IncomingMessage, response: ServerResponse) => {
		if (isLoopbackName(request.headers.host)) return handle(request, response);
		request.resume();
		response.writeHead(421).end();
	};
}
