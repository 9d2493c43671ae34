/** What every request passes before anything is done for it: under our name, from our own page, not too often, and from whom. */

import type { FastifyReply, FastifyRequest } from 'fastify';
import { isFromOwnPage } from '../http/browser-guard.ts';
import { createClientAddresses, subscriberOf } from '../http/client-address.ts';
import { type CookieJar, createCookie } from '../http/cookies.ts';
import type { RequestLimits } from '../limits/request-limits.ts';
import { type Language, type Words, wordsFor } from '../locales/locales.ts';
import type { TokenScope } from '../sessions/api-tokens.ts';
import type { SignedIn } from '../sessions/signed-in.ts';
import type { Browser } from '../sessions/web-sessions.ts';
import { createValueStore } from '../value-store.ts';
import { ApiRefusal } from './refusal.ts';
import type { ApiServices } from './services.ts';

export interface GateDependencies {
	/** @throws BotError `STORE_UNAVAILABLE` while the database is not open. */
	services: () => ApiServices;
	publicUrl: string;
	trustedProxies: readonly string[];
	requests: RequestLimits;
	/** How long a browser keeps a session's cookie. */
	mostDays: number;
	/** Of the installation, for whoever's is not known. */
	language: Language;
	now: () => number;
}

export interface Gate {
	/** The session's, that of a browser that shows a code, that of one that is at an OpenID provider, and that of one in which a password was right. */
	cookies: { session: CookieJar; code: CookieJar; openId: CookieJar; knownBrowser: CookieJar };
	/** That it is for us. @throws ApiRefusal `WRONG_HOST`. */
	checkHost(request: FastifyRequest): void;
	/** That it is for us, and comes from our own page or brings what no other page has. @throws ApiRefusal `WRONG_HOST`, `FORBIDDEN`. */
	checkOrigin(request: FastifyRequest): void;
	/** @throws ApiRefusal `RATE_LIMITED`. */
	admitStranger(request: FastifyRequest, kind: 'stranger' | 'code'): Promise<void>;
	/**
	 * Gives the browser its new token, where there is one. @param scope what a program's token has to allow; null where none gets in.
	 * @throws ApiRefusal `UNAUTHENTICATED`, `FORBIDDEN`, `RATE_LIMITED`; BotError as `SignedInPeople`.
	 */
	admitPerson(request: FastifyRequest, reply: FastifyReply, scope: TokenScope | null, signal: AbortSignal): Promise<SignedIn>;
	/** By the token that it came with, and nothing else. @throws as `admitPerson`. */
	admitProgram(request: FastifyRequest, scope: TokenScope, signal: AbortSignal): Promise<SignedIn>;
	/** Keeps a session in the browser. */
	setSession(reply: FastifyReply, token: string): void;
	browserOf(request: FastifyRequest): Browser;
	/** Whom a flood is counted for. */
	subscriberOf(request: FastifyRequest): string;
	/** Of whoever is not known. */
	wordsOf(request: FastifyRequest): Words;
}

const daySeconds = 24 * 3_600;
/** Whoever was known so lately is not held up by what others do from the same address. */
const knownMs = 10 * 60_000;

export function createGate(deps: GateDependencies): Gate {
	const { services, publicUrl, requests, language } = deps;
	const { host } = new URL(publicUrl);
	const cookies = {
		session: createCookie('ccb', publicUrl),
		code: createCookie('ccb-code', publicUrl),
		openId: createCookie('ccb-openid', publicUrl),
		knownBrowser: createCookie('ccb-known', publicUrl),
	};
	const readAddress = createClientAddresses(deps.trustedProxies);
	/** Tokens that opened a session a while ago. In this process alone. */
	const known = createValueStore(deps.now);

	const addressOf = (request: FastifyRequest) => {
		const { 'x-forwarded-for': forwarded } = request.headers;
		return readAddress(request.raw.socket.remoteAddress, Array.isArray(forwarded) ? forwarded.join(',') : forwarded);
	};

	async function admit(kind: 'stranger' | 'code' | 'session', key: string): Promise<void> {
		const retryAfterMs = await requests.admit(kind, key);
		if (retryAfterMs !== null) throw new ApiRefusal('RATE_LIMITED', { retryAfterMs });
	}

	function setSession(reply: FastifyReply, token: string): void {
		reply.header('set-cookie', cookies.session.write(token, deps.mostDays * daySeconds));
	}

	async function findPerson(request: FastifyRequest, token: string, look: () => Promise<SignedIn | null>): Promise<SignedIn> {
		const isKnown = known.get(token) !== null;
		// Looking somebody up costs the database something, and a token that nobody has costs its sender nothing.
		if (!isKnown) await admit('stranger', subscriberOf(addressOf(request)));
		const found = await look();
		if (found === null) {
			known.delete(token);
			throw new ApiRefusal('UNAUTHENTICATED');
		}
		known.set(token, '', knownMs);
		if (found.newToken !== null) known.set(found.newToken, '', knownMs);
		return found;
	}

	function checkHost({ headers }: FastifyRequest): void {
		if (headers.host?.toLowerCase() !== host) throw new ApiRefusal('WRONG_HOST');
	}

	async function admitNobody(request: FastifyRequest): Promise<never> {
		await admit('stranger', subscriberOf(addressOf(request)));
		throw new ApiRefusal('UNAUTHENTICATED');
	}

	async function admitToken(request: FastifyRequest, token: string, scope: TokenScope | null, signal: AbortSignal): Promise<SignedIn> {
		const found = await findPerson(request, token, () => services().signedIn.byApiToken(token, signal));
		const { pass } = found;
		await admit('session', pass.id);
		if (scope === null) throw new ApiRefusal('FORBIDDEN', { sentence: ({ web }) => web.notForTokens });
		const isAllowed = pass.kind === 'token' && pass.scopes.includes(scope);
		if (!isAllowed) throw new ApiRefusal('FORBIDDEN', { sentence: ({ web }) => web.tokenScope(scope) });
		return found;
	}

	return {
		cookies,
		checkHost,
		checkOrigin(request) {
			checkHost(request);
			const isChange = request.method !== 'GET' && request.method !== 'HEAD';
			// No page of another site knows a token, and nothing sends it by itself.
			if (bearerOf(request) !== null) return;
			if (!isFromOwnPage(request.headers, { publicUrl, isChange })) throw new ApiRefusal('FORBIDDEN');
		},
		admitStranger: async (request, kind) => await admit(kind, subscriberOf(addressOf(request))),
		async admitPerson(request, reply, scope, signal) {
			const bearer = bearerOf(request);
			if (bearer !== null) return await admitToken(request, bearer, scope, signal);
			const token = cookies.session.read(request.headers.cookie);
			if (token === null) return await admitNobody(request);
			const found = await findPerson(request, token, () => services().signedIn.byToken(token, signal));
			await admit('session', found.pass.id);
			if (found.newToken !== null) setSession(reply, found.newToken);
			return found;
		},
		async admitProgram(request, scope, signal) {
			const token = bearerOf(request);
			return token === null ? await admitNobody(request) : await admitToken(request, token, scope, signal);
		},
		setSession,
		subscriberOf: (request) => subscriberOf(addressOf(request)),
		browserOf: (request) => ({ agent: request.headers['user-agent'] ?? '', address: addressOf(request) }),
		wordsOf: (request) => wordsFor(request.headers['accept-language']?.split(',', 1)[0] ?? null, language),
	};
}

/** Null where none was sent: another scheme is for a proxy in front. */
function bearerOf({ headers: { authorization = '' } }: FastifyRequest): string | null {
	return /^bearer +(\S+) *$/i.exec(authorization)?.[1] ?? null;
}
