/** The addresses of OpenAI's API that the bot answers under: which models there are, and one answer to what was said. */

import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Clock } from '../../clock.ts';
import type { ProgramQuestion } from '../../conversation/program-turn.ts';
import { browserHeaders } from '../../http/browser-guard.ts';
import { webPlatform } from '../../identity/account.ts';
import { conversationIdOf } from '../../identity/place-id.ts';
import { stableId } from '../../identity/stable-id.ts';
import { type Words, wordsFor } from '../../locales/locales.ts';
import type { SignedIn } from '../../sessions/signed-in.ts';
import { ownPlace } from '../asking.ts';
import { ApiRefusal } from '../refusal.ts';
import { readSentJson, type ServingDependencies } from '../serve.ts';
import {
	type CompletionAnswer,
	type CompletionNames,
	sendError,
	sendJson,
	streamCompletion,
	wholeCompletion,
} from './completion-answer.ts';
import { type CompletionRequest, readCompletionRequest } from './completion-request.ts';
import { answerError, CompatibleRefusal, invalidRequest, limitError, toCompatibleError } from './refusal.ts';

/** As such clients are told it, with what they add. */
export const compatibleRoot = '/v1/';
/** What answers under this name has the house's prompt, documents and tools. It looks like no vendor's: clients change their ways by that. */
const houseModel = 'openccb';

/** Longer than what any model reads. */
const mostBytes = 1024 * 1024;
const patienceMs = 10_000;

export interface CompatibleDependencies extends ServingDependencies {
	clock: Clock;
}

interface Asking {
	caller: SignedIn;
	words: Words;
	request: FastifyRequest;
	reply: FastifyReply;
}

/** In a scope of their own: whatever goes wrong in it is said in one form. */
export function addCompatibleRoutes(scope: FastifyInstance, deps: CompatibleDependencies): void {
	const { gate, services, logger, clock } = deps;
	const headers = { ...browserHeaders(deps.publicUrl), 'cache-control': 'no-store' };
	const startedAt = Math.floor(clock.now() / 1_000);
	/** Tokens whose conversation is there, as far as this process knows. */
	const known = new Set<string>();

	function refuse(request: FastifyRequest, reply: FastifyReply, thrown: unknown, words: Words): FastifyReply {
		const { error, problem } = toCompatibleError(thrown, words);
		if (problem !== null)
			logger.error({ err: problem, requestId: reply.getHeader('x-request-id') }, 'a request to the compatible API failed');
		if (error.status === 401) reply.header('www-authenticate', 'Bearer');
		// What nobody reads is not waited for either.
		if (!request.raw.complete) reply.header('connection', 'close');
		return sendError(reply, error);
	}

	const handler = (handle: (asking: Asking) => Promise<FastifyReply>) => async (request: FastifyRequest, reply: FastifyReply) => {
		let words = gate.wordsOf(request);
		try {
			gate.checkHost(request);
			const caller = await gate.admitProgram(request, 'chat', AbortSignal.timeout(patienceMs));
			words = wordsFor(caller.person.locale, deps.language);
			return await handle({ caller, words, request, reply });
		} catch (thrown) {
			return refuse(request, reply, thrown, words);
		}
	};

	const modelsOf = ({ person }: SignedIn) => [houseModel, ...services().choices.allowed(person)];
	const toModel = (id: string) => ({ id, object: 'model', created: startedAt, owned_by: 'openccb' });

	function noModel(id: string, words: Words): CompatibleRefusal {
		return invalidRequest('model_not_found', 'model', words.web.compatible.noModel(id), 404);
	}

	async function complete({ caller, words, request, reply }: Asking): Promise<FastifyReply> {
		const asked = readCompletionRequest(await readSentJson(request, mostBytes), words);
		if (!modelsOf(caller).includes(asked.model)) throw noModel(asked.model, words);
		const question = questionOf({ caller, words }, asked);
		const model = await admit(question, words);
		await keepApart(caller, question);
		const names = { id: `chatcmpl-${question.answerId}`, model: asked.model, created: Math.floor(clock.now() / 1_000) };
		await answer(question, { answering: answering(reply, names, asked), model });
		return reply;
	}

	/** @returns the model that will answer. */
	async function admit({ person, said, place, plainModel }: ProgramQuestion, words: Words): Promise<string> {
		const { choices, limits } = services();
		const model = plainModel ?? (await choices.current(person, place)).model;
		const refusal = await limits.admit(person, { characters: said.at(-1)?.content.length ?? 0, model });
		if (refusal !== null) throw new CompatibleRefusal(limitError(refusal, words));
		return model;
	}

	/** Its conversation is called like the token, and is out of the way: nobody talks there. */
	async function keepApart({ person, pass }: SignedIn, { place }: ProgramQuestion): Promise<void> {
		if (known.has(pass.id) || pass.kind !== 'token') return;
		const { conversations, store } = services();
		const id = conversationIdOf(place);
		if ((await conversations.find(person, id)) === null) {
			await store.join(person, place);
			await conversations.change(person, id, { title: pass.name, isArchived: true });
		}
		known.add(pass.id);
	}

	function answering(reply: FastifyReply, names: CompletionNames, { isStream, includesUsage }: CompletionRequest): CompletionAnswer {
		return isStream ? streamCompletion(reply, names, { includesUsage, clock }) : wholeCompletion(reply, names);
	}

	async function answer(question: ProgramQuestion, { answering, model }: { answering: CompletionAnswer; model: string }): Promise<void> {
		const { person, words } = question;
		const { programs, limits } = services();
		const failed = (thrown: unknown) => answering.fail(answerError(thrown, words, { model, inFlightLimit: limits.inFlightLimit(person) }));
		try {
			const { error, ...ended } = await programs.answer(question, answering, answering.gone);
			if (error !== null) failed(error);
			else answering.end(ended);
		} catch (thrown) {
			const { error, problem } = toCompatibleError(thrown, words);
			if (problem !== null) logger.error({ err: problem, answer: question.answerId }, 'a program got no answer');
			answering.fail(error);
		}
	}

	/** All that a token asks stands in one conversation of its owner. */
	function questionOf({ caller, words }: Pick<Asking, 'caller' | 'words'>, asked: CompletionRequest): ProgramQuestion {
		const { person, account, pass } = caller;
		const platform = services().platforms.get(webPlatform);
		if (platform === undefined) throw new ApiRefusal('INTERNAL');
		const { platform: at, tenantId, accountId } = account;
		const messageId = randomUUID();
		return {
			...{ person, words, platform, messageId, account: { platform: at, tenantId, accountId } },
			place: ownPlace(person, `token:${pass.id}`),
			answerId: stableId(`answer:${webPlatform}:${person.userId}:${messageId}`),
			...{ said: asked.said, instructions: asked.instructions, sampling: asked.sampling, maxOutputTokens: asked.maxOutputTokens },
			plainModel: asked.model === houseModel ? null : asked.model,
			priority: asked.isChore ? 'background' : 'interactive',
		};
	}

	scope.addHook('onRequest', async (_request, reply) => void reply.headers({ ...headers, 'x-request-id': randomUUID() }));
	const list = handler(async ({ caller, reply }) => sendJson(reply, { object: 'list', data: modelsOf(caller).map(toModel) }));
	const show = handler(async ({ caller, words, request, reply }) => {
		const id = (request.params as { '*': string })['*'];
		if (!modelsOf(caller).includes(id)) throw noModel(id, words);
		return sendJson(reply, toModel(id));
	});
	scope.get(`${compatibleRoot}models`, list);
	scope.get(`${compatibleRoot}models/*`, show);
	scope.post(`${compatibleRoot}chat/completions`, handler(complete));
	const elsewhere = (request: FastifyRequest, reply: FastifyReply) => {
		const words = gate.wordsOf(request);
		return refuse(request, reply, invalidRequest('unknown_url', null, words.web.compatible.unknownAddress, 404), words);
	};
	for (const url of [compatibleRoot.slice(0, -1), `${compatibleRoot}*`]) scope.all(url, elsewhere);
	scope.setErrorHandler((error: { statusCode?: number }, request, reply) => {
		const { statusCode = 500 } = error;
		const refusal = statusCode === 415 ? new ApiRefusal('UNSUPPORTED_TYPE') : new ApiRefusal('INVALID');
		return refuse(request, reply, statusCode < 500 ? refusal : error, gate.wordsOf(request));
	});
}
