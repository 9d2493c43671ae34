/** The addresses of the page of the web. */

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { browserHeaders } from './browser-guard.ts';
import { type BuiltFile, type BuiltPage, type PageCoding, pageCodings, pageIndex } from './page-files.ts';

/** What the page itself tells apart (`adapters/web/page/state/page-route.ts`). */
export const pageAddresses = ['/', '/enter', '/rows', '/c/:id', '/admin/:room'];

export interface PageDependencies {
	publicUrl: string;
	/** Null when none was built: then its addresses say so. */
	page: BuiltPage | null;
}

/** Before the server listens. Only files that were built are served, by their exact names. */
export function addPage(server: FastifyInstance, { publicUrl, page }: PageDependencies): void {
	const headers = browserHeaders(publicUrl);
	const index = page?.get(pageIndex);
	for (const address of pageAddresses) {
		server.get(address, (request, reply) => {
			reply.headers(headers);
			return index === undefined ? sayMissing(reply) : sendFile(index, request, reply);
		});
	}
	for (const [address, file] of page ?? []) {
		if (address !== pageIndex) server.get(address, (request, reply) => sendFile(file, request, reply.headers(headers)));
	}
}

function sayMissing(reply: FastifyReply): FastifyReply {
	const text = 'The page was not built. Start OpenCCB with `npm start`, or build it with `node scripts/build-page.mjs` and start anew.\n';
	return reply.code(503).header('cache-control', 'no-store').type('text/plain; charset=utf-8').send(text);
}

function sendFile({ type, etag, isForGood, bodies }: BuiltFile, request: FastifyRequest, reply: FastifyReply): FastifyReply {
	reply.headers({
		etag,
		vary: 'accept-encoding',
		// The index is asked for again each time, so that a new release is seen at once.
		'cache-control': isForGood ? 'public, max-age=31536000, immutable' : 'no-cache',
	});
	if (request.headers['if-none-match']?.split(/\s*,\s*/).includes(etag)) return reply.code(304).send();
	const coding = codingOf(request.headers['accept-encoding']);
	if (coding !== 'identity') reply.header('content-encoding', coding);
	return reply.type(type).send(bodies[coding]);
}

/** The smallest that the browser names, and does not refuse by `q=0`. */
function codingOf(accepted: string | string[] | undefined): PageCoding {
	const named = String(accepted ?? '')
		.split(',')
		.map((part) => part.trim().toLowerCase());
	const taken = named.filter((part) => !/;\s*q=0(?:\.0*)?$/.test(part)).map((part) => part.split(';', 1)[0]);
	return pageCodings.find((coding) => taken.includes(coding)) ?? 'identity';
}
