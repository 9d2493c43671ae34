/** To an OpenID provider and back: the two addresses of the API that a browser opens itself. */

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Words } from '../locales/locales.ts';
import { openIdMinutes } from '../sessions/openid-sign-in.ts';
import { apiRoot } from './contract/define-route.ts';
import { errorAnswerOf, statusOf, toApiRefusal } from './refusal.ts';
import type { ServingDependencies } from './serve.ts';

const patienceMs = 15_000;

export const wayPath = (name: string) => `${apiRoot}/sign-in/with/${name}`;
export const returnPath = (name: string) => `${apiRoot}/sign-in/from/${name}`;

interface Named {
	Params: { name: string };
}

export function addOpenIdRoutes(scope: FastifyInstance, { gate, services, logger, publicUrl }: ServingDependencies): void {
	const { openId } = gate.cookies;

	/** A person reads it: the browser shows it as it is. */
	function say(reply: FastifyReply, status: number, sentence: string): FastifyReply {
		return reply.code(status).type('text/plain; charset=utf-8').send(`${sentence}\n\n${publicUrl}/\n`);
	}

	const handler = (handle: (request: FastifyRequest<Named>, reply: FastifyReply, words: Words) => Promise<FastifyReply>) => {
		return async (request: FastifyRequest<Named>, reply: FastifyReply) => {
			const words = gate.wordsOf(request);
			try {
				// The provider's page leads here, so it comes from another site; what it brings is worth nothing without this browser's cookie.
				gate.checkHost(request);
				await gate.admitStranger(request, 'stranger');
				return await handle(request, reply, words);
			} catch (thrown) {
				const { refusal, problem } = toApiRefusal(thrown);
				if (problem !== null) logger.error({ err: problem }, 'signing in through a provider failed');
				return say(reply, statusOf(refusal), errorAnswerOf(refusal, words).error.message);
			}
		};
	};

	scope.get<Named>(
		wayPath(':name'),
		handler(async ({ params: { name } }, reply, words) => {
			const way = await services().openId.begin(name);
			if (way === null) return say(reply, 404, words.web.errors.NOT_FOUND);
			reply.header('set-cookie', openId.write(way.browserSecret, openIdMinutes * 60));
			return reply.redirect(way.address, 302);
		}),
	);

	scope.get<Named>(
		returnPath(':name'),
		handler(async (request, reply, words) => await comeBack({ request, reply, words })),
	);

	async function comeBack({
		request,
		reply,
		words,
	}: {
		request: FastifyRequest<Named>;
		reply: FastifyReply;
		words: Words;
	}): Promise<FastifyReply> {
		const { name } = request.params;
		const { openId: provider, signedIn, signIn, webAccounts } = services();
		const query = request.raw.url?.split('?')[1] ?? '';
		const found = await provider.finish(name, openId.read(request.headers.cookie), query);
		reply.header('set-cookie', openId.clear());
		if ('refusal' in found) {
			logger.info({ provider: name, reason: found.refusal, cause: found.cause }, 'a sign-in through a provider was refused');
			return say(reply, 403, words.web.openId[found.refusal]);
		}
		if (found.told !== null) await webAccounts.keep(found.account, found.told);
		const person = await signedIn.personOf(found.account, AbortSignal.timeout(patienceMs));
		if (person === null) {
			logger.info({ provider: name, reason: 'unknown-account' }, 'a sign-in through a provider was refused');
			return say(reply, 403, words.web.openId['not-ours']);
		}
		gate.setSession(reply, await signIn.enterAs(person, gate.browserOf(request), name));
		return reply.redirect('/', 302);
	}
}
