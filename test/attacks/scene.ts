/** The way of a document to its readers: read, cut, told to a model that obeys it, and the answer as each platform would get it. */

import { writeAnswer } from '#src/conversation/answer.ts';
import { createFoundSources } from '#src/conversation/citing/found-sources.ts';
import { createKnownLinks } from '#src/conversation/known-links.ts';
import { passageOf } from '#src/conversation/material.ts';
import { buildPrompt } from '#src/conversation/prompt.ts';
import { measureBy } from '#src/conversation/prompt-budget.ts';
import { chunkDocument } from '#src/knowledge/chunk/chunk.ts';
import { parseFile } from '#src/knowledge/parse/parse-file.ts';
import { english } from '#src/locales/english.ts';
import type { ChatRequest, ModelEvent } from '#src/models/model-pool.ts';
import { estimateTokens } from '#src/models/token-estimate.ts';
import { fileSourceOf } from '#src/tools/document-passages.ts';
import type { FoundSource } from '#src/tools/tool.ts';
import { facts, memoryOf } from '#test/conversation/prompt-fixture.ts';
import { obedientAnswer } from '#test/emulators/ollama/obedient-answer.ts';
import { createManualClock } from '#test/fakes/manual-clock.ts';
import { createFakeTools } from '#test/fakes/tools.ts';
import { platformNames } from '#test/fuzz/check.ts';
import { foreignLinksOf } from '#test/fuzz/readers/live-links.ts';
import { readSurface } from '#test/fuzz/readers/surfaces.ts';
import { recordedPlatforms } from '#test/fuzz/sent/platforms.ts';
import { play } from '#test/fuzz/sent/play.ts';
import { toolContext } from '#test/tools/tool-fixture.ts';

/** What came of one question. */
export interface Attack {
	/** What the model was told of documents, one line each. */
	told: string;
	system: string;
	/** Tools that ran, and those that the model called. */
	ran: readonly unknown[];
	calls: number;
	/** What is stored as the answer. */
	text: string;
}

const question = 'What does wiki.example say about the holidays?';
const budget = { contextTokens: 8_192, answerTokens: 1_024, estimateTokens };
/** Of the question, of the settings, and of what is cited. */
const known = ['wiki.example', 'intranet.example', 'files.example'];
/** Where the files lie, as the program says it. */
const url = 'https://files.example/here';

/** The passages of a file, as a search or a question with a file gives them. Empty where the file has no text. */
export async function passagesOf(name: string, content: Uint8Array | string): Promise<FoundSource[]> {
	const bytes = typeof content === 'string' ? Buffer.from(content) : content;
	const document = await parseFile(name, bytes).catch(() => null);
	if (document === null) return [];
	const { chunks } = chunkDocument(document, name);
	const date = '2030-05-04T10:00:00Z';
	return chunks.map(({ text, context, page }) => fileSourceOf({ name, path: null, url, date, context, content: text, page }, english));
}

/** Somebody asks, and the model does whatever the passages tell it. */
export async function obey(passages: readonly FoundSource[]): Promise<Attack> {
	const clock = createManualClock(1_000);
	const tools = createFakeTools(clock);
	const context = toolContext();
	const sources = createFoundSources();
	const material = {
		tools: tools.offered(context.person),
		use: 'prefer',
		passages: passages.map((one) => passageOf(sources, one)),
	} as const;
	const prompt = buildPrompt(memoryOf({ question }), facts, budget, material);
	if ('mostCharacters' in prompt) throw new Error('the question does not fit');
	let text = '';
	let calls = 0;
	const reply = {
		append(delta: string) {
			text += delta;
		},
		retract() {
			text = '';
		},
		announce() {},
		remark() {},
	};
	const { signal } = new AbortController();
	const activity = {
		refusal: null,
		show: async () => true,
		isOverdue: () => false,
		rest() {},
		hide: async () => {},
		end() {},
		clear: async () => {},
	};
	await writeAnswer(
		{
			models: {
				model: 'obedient',
				async *chat(request: ChatRequest): AsyncGenerator<ModelEvent> {
					const { tokens, toolCalls = [] } = obedientAnswer({ messages: request.messages.map(({ role, content }) => ({ role, content })) });
					yield { type: 'started', host: 'http://model', model: 'obedient' };
					for (const token of tokens) yield { type: 'text-delta', text: token };
					calls += toolCalls.length;
					const called = toolCalls.map(({ id = '', function: { name, arguments: given } }) => ({ id, name, arguments: given }));
					if (called.length > 0 && request.tools !== undefined) yield { type: 'tool-calls', calls: called };
					yield { type: 'end', reason: 'stop', usage: { promptTokens: 1, outputTokens: 1, loadMs: null, generateMs: 1 } };
				},
			},
			clock,
		},
		{
			request: { ...prompt, maxOutputTokens: 4_096, userId: 'u', conversationId: 'c', priority: 'interactive', inFlightLimit: 3 },
			estimatedPromptTokens: 0,
			...{ tools, context, measure: measureBy(budget), sources, words: english, reply, activity, signal },
			onTools() {},
			signShowsText: false,
		},
	);
	const [system, told] = [prompt.messages[0]?.content ?? '', prompt.messages.at(-2)?.content ?? ''];
	return { told, system, ran: tools.called, calls, text };
}

/**
 * All that is wrong with an answer as the platforms get it, on the roads of streams and of edits: what lives in it and must not, and links to others.
 * @param isRuled false as if its model had read nothing but words of the asker.
 */
export async function harmOf(text: string, isRuled = true): Promise<string[]> {
	const harm: string[] = [];
	for (const name of platformNames) {
		const platform = recordedPlatforms[name]();
		const links = createKnownLinks({ hosts: ['intranet.example'], platform: { messageAt: () => null }, place: platform.place });
		links.knowWords(question);
		links.knowSources(() => [{ url }]);
		if (!isRuled) links.trust();
		const rule = links.rule();
		for (const [road, ending] of [
			['stream', 'thumbs'],
			['edit', 'retry'],
		] as const) {
			const steps = [0.3, 0.6, 0.9].map((share) => ({ upTo: Math.floor(text.length * share), action: 'look' as const }));
			const script = { text, steps, road, limit: null, ending, sources: [], ...(rule === undefined ? {} : { links: rule }) };
			const { shown, findings } = await play(platform, script);
			const surfaces = shown.flatMap((message) => message.surfaces);
			const found = [...findings, ...surfaces.flatMap((surface) => readSurface(surface, true))];
			harm.push(...found.map(({ kind, where, what }) => `${kind} at ${where}: ${what}`));
			harm.push(...surfaces.flatMap((surface) => foreignLinksOf(surface, known)).map((link) => `link on ${name}: ${link}`));
		}
	}
	return harm;
}
