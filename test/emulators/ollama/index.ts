/** A server that speaks Ollama's protocol without a model: for end-to-end tests, benches and the playground. */

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { forThisMachine } from '../own-machine.ts';
import { handleOpenAiModels, handlePs, handleShow, handleTags, handleVersion } from './catalog-routes.ts';
import { type ChatRouteParts, handleChat } from './chat-route.ts';
import { handleEmbed } from './embed-route.ts';
import { type Exchange, HttpRefusal, openExchange, readJson, sendJson, sendRefusal, sendText } from './exchange.ts';
import { createFailureQueue, type FailureQueue } from './failures.ts';
import { createModelStore, type ModelStore } from './model-store.ts';
import { handlePull } from './pull-route.ts';
import { createPump } from './pump.ts';
import type { Answer, ChatBody, EmulatedModel, EmulatorOptions, Failure, RecordedRequest } from './types.ts';

/** Records kept; the oldest go first, so that a playground may run for days. */
const MAX_RECORDS = 5000;
const DEFAULT_MODELS: EmulatedModel[] = [
	{ name: 'demo:latest' },
	{ name: 'demo-embed:latest', capabilities: ['embedding'], contextLength: 2048 },
];

export interface OllamaEmulator {
	readonly url: string;
	/** Every request since the start, oldest first. */
	readonly requests: RecordedRequest[];
	/** What the model says from now on; undefined goes back to the demonstration answer. */
	answer(script: Answer | undefined): void;
	/** Makes the next request or requests fail; those that only load a model are left out. */
	fail(failure: Failure): void;
	/** Drops models from memory; all of them without a name. */
	unload(name?: string): void;
	removeModel(name: string): void;
	/** As a driver loses the card while models are loaded. */
	setGraphicsCard(isThere: boolean): void;
	addModel(model: EmulatedModel): void;
	/** Ends open streams abruptly, as a killed server does. */
	close(): Promise<void>;
}

interface Parts {
	store: ModelStore;
	failures: FailureQueue;
	requests: RecordedRequest[];
	chat: ChatRouteParts;
	bearer: string | undefined;
	registry: EmulatedModel[] | undefined;
}

/** Starts a server on the loopback address. */
export async function startOllamaEmulator(options: EmulatorOptions = {}): Promise<OllamaEmulator> {
	const requests: RecordedRequest[] = [];
	const failures = createFailureQueue();
	const pump = createPump();
	const store = createModelStore(options.models ?? DEFAULT_MODELS, {
		parallel: options.parallel ?? 1,
		loadMs: options.loadMs ?? 0,
		maxLoadedModels: options.maxLoadedModels ?? 3,
		maxQueue: options.maxQueue ?? 512,
	});
	let script: Answer | undefined;
	const chat: ChatRouteParts = {
		store,
		pump,
		answer: () => script,
		tokensPerSecond: options.tokensPerSecond ?? 0,
		firstTokenMs: options.firstTokenMs ?? 0,
		splitWrites: options.splitWrites ?? false,
	};
	const parts: Parts = { store, failures, requests, chat, bearer: options.bearer, registry: options.registry };
	const server = createServer(forThisMachine((request, response) => void serve(parts, request, response)));
	// Ollama's server sets no such time and leaves idle connections open; Node.js would close them after 5 s.
	server.keepAliveTimeout = 0;
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(options.port ?? 0, '127.0.0.1', resolve);
	});
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		requests,
		answer: (next) => {
			script = next;
		},
		fail: failures.add,
		unload: store.unload,
		removeModel: store.remove,
		setGraphicsCard: store.setGraphicsCard,
		addModel: store.add,
		close: async () => {
			pump.stop();
			const closed = new Promise((resolve) => server.close(resolve));
			server.closeAllConnections();
			await closed;
		},
	};
}

async function serve(parts: Parts, request: IncomingMessage, response: ServerResponse): Promise<void> {
	const path = (request.url ?? '/').split('?')[0] ?? '/';
	const exchange = openExchange(request, response, path);
	parts.requests.push(exchange.record);
	if (parts.requests.length > MAX_RECORDS) parts.requests.shift();
	try {
		if (parts.bearer !== undefined && request.headers.authorization !== `Bearer ${parts.bearer}`) {
			throw new HttpRefusal(401, 'unauthorized');
		}
		exchange.record.body = await readJson(request);
		const failure = isPreload(exchange) ? undefined : parts.failures.take(path);
		if (failure && refuseEarly(exchange, failure)) return;
		await route(parts, exchange, request.method ?? 'GET', failure);
	} catch (error) {
		if (error instanceof HttpRefusal) sendRefusal(response, error);
		else if (!exchange.hungUp.aborted) response.destroy(error as Error);
	}
}

/** Failures are for answers: a program that loads the model on its own account must not use up the one a test ordered. */
function isPreload({ path, record }: Exchange): boolean {
	return path === '/api/chat' && ((record.body as ChatBody | null)?.messages ?? []).length === 0;
}

/** The failures that need no model: true when the request is over. */
function refuseEarly(exchange: Exchange, failure: Failure): boolean {
	const { response } = exchange;
	if (failure.kind === 'status') {
		sendJson(response, failure.status ?? 500, { error: failure.message ?? 'internal error' });
		return true;
	}
	if (failure.kind === 'html-502') {
		response.writeHead(502, { 'content-type': 'text/html' });
		response.end('<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center></body></html>');
		return true;
	}
	if (failure.kind === 'reset' && failure.afterTokens === 0) {
		response.socket?.resetAndDestroy();
		return true;
	}
	// On the routes that do not stream, a stall is silence.
	return failure.kind === 'stall-before-headers' && exchange.path !== '/api/chat';
}

type Handler = (parts: Parts, exchange: Exchange, failure: Failure | undefined) => void | Promise<void>;

/** HEAD is answered wherever GET is. */
const routes: Readonly<Record<string, Readonly<Record<string, Handler>>>> = {
	'/': { GET: (_, { response }) => sendText(response, 200, 'Ollama is running', 'text/plain; charset=utf-8') },
	'/api/chat': { POST: ({ chat }, exchange, failure) => handleChat(chat, exchange, failure) },
	'/api/embed': { POST: ({ store }, exchange) => handleEmbed(store, exchange) },
	'/api/version': { GET: (_, exchange) => handleVersion(exchange) },
	'/api/tags': { GET: ({ store }, exchange) => handleTags(store, exchange) },
	'/api/ps': { GET: ({ store }, exchange) => handlePs(store, exchange) },
	'/api/show': { POST: ({ store }, exchange) => handleShow(store, exchange) },
	'/api/pull': { POST: (parts, exchange, failure) => handlePull(parts, exchange, failure) },
	'/v1/models': { GET: ({ store }, exchange) => handleOpenAiModels(store, exchange) },
};

async function route(parts: Parts, exchange: Exchange, method: string, failure: Failure | undefined): Promise<void> {
	const methods = routes[exchange.path];
	if (methods === undefined) throw new HttpRefusal(404, '404 page not found', 'text/plain');
	const handler = methods[method === 'HEAD' ? 'GET' : method];
	if (handler === undefined) throw new HttpRefusal(405, '405 method not allowed', 'text/plain');
	await handler(parts, exchange, failure);
}
