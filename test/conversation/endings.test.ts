import { describe, expect, it } from 'vitest';
import {
	type Ending,
	endingButtons,
	endingRules,
	failureSentence,
	isEnding,
	stopButton,
	withoutButton,
} from '#src/conversation/endings.ts';
import { BotError, type ErrorCode } from '#src/errors.ts';
import { languages } from '#src/locales/locales.ts';

const asked = { model: 'm', inFlightLimit: 7 };

const { en: english } = languages;

/** What the reader and the database see of each end. A new end has to be added here. */
const expected: Record<Ending, { status: string; buttons: string[]; notice: string | null }> = {
	answered: { status: 'answered', buttons: ['feedback up', 'feedback down', 'retry'], notice: null },
	cut: { status: 'answered', buttons: ['feedback up', 'feedback down', 'retry'], notice: english.notice.lengthLimit },
	stopped: { status: 'stopped', buttons: ['retry'], notice: english.notice.stopped },
	interrupted: { status: 'interrupted', buttons: ['retry'], notice: english.notice.interrupted },
	failed: { status: 'failed', buttons: ['retry'], notice: null },
	told: { status: 'refused', buttons: [], notice: null },
};

const sentences: Record<ErrorCode, string> = {
	CONFIG_INVALID: english.failure.internal,
	UNAUTHENTICATED: english.failure.internal,
	FORBIDDEN: english.failure.internal,
	NOT_FOUND: english.failure.internal,
	CONFLICT: english.failure.internal,
	RATE_LIMITED: english.failure.queueFull,
	PLATFORM_RATE_LIMITED: english.failure.internal,
	PLATFORM_REJECTED: english.failure.internal,
	PLATFORM_UNAVAILABLE: english.failure.internal,
	MODEL_UNAVAILABLE: english.failure.modelUnavailable,
	MODEL_REJECTED: english.failure.modelRejected,
	STORE_UNAVAILABLE: english.failure.internal,
	TOO_LARGE: english.failure.internal,
	TIMEOUT: english.failure.timeout,
	CANCELLED: english.failure.internal,
	INTERNAL: english.failure.internal,
};

describe('the end of an answer', () => {
	it('has a rule for each way to end', () => {
		expect(Object.keys(endingRules).sort()).toEqual(Object.keys(expected).sort());
	});

	it.each(Object.entries(expected))('%s has its status, buttons and notice', (name, { status, buttons, notice }) => {
		const ending = name as Ending;
		expect(endingRules[ending].status).toBe(status);
		expect(endingRules[ending].notice?.(english) ?? null).toBe(notice);
		const actions = endingButtons(ending, 'reply-1', english).map(({ action }) => action);
		expect(actions.map((action) => (action.name === 'feedback' ? `feedback ${action.rating}` : action.name))).toEqual(buttons);
		expect(actions.every((action) => action.replyId === 'reply-1')).toBe(true);
	});

	it.each(Object.keys(languages) as (keyof typeof languages)[])('has a different label for each button in %s', (language) => {
		const words = languages[language];
		const labels = [...endingButtons('answered', 'r', words), stopButton('r', words)].map(({ label }) => label);
		expect(new Set(labels).size).toBe(4);
	});

	it.each(Object.values(languages))('names no button to try again in a message that shows none', (words) => {
		for (const sentence of [words.notice.interrupted, ...Object.values(words.failure)].filter((one) => typeof one === 'string')) {
			const bare = withoutButton(sentence, words);
			expect(bare).not.toBe('');
			expect(bare).not.toContain(words.button.retry);
			if (!sentence.includes(words.button.retry)) expect(bare).toBe(sentence);
		}
	});

	it('is recognised by its name alone', () => {
		for (const ending of Object.keys(expected)) expect(isEnding(ending)).toBe(true);
		for (const other of ['', 'refused', 'generating', null]) expect(isEnding(other)).toBe(false);
	});
});

describe('the sentence for a question without an answer', () => {
	it.each(Object.entries(sentences))('for %s says what to do', (code, sentence) => {
		expect(failureSentence(new BotError(code as ErrorCode, 'for the log'), english, asked)).toBe(sentence);
	});

	it('names the missing model and how to install it', () => {
		const error = new BotError('MODEL_REJECTED', 'for the log', { reason: 'model-missing' });
		expect(failureSentence(error, languages.es, { model: 'gemma4:e4b' })).toContain('ollama pull gemma4:e4b');
	});

	it.each([
		['in-flight', english.limits.refusal.repliesInFlight(7)],
		['draining', english.queue.draining],
		['queue-full', english.failure.queueFull],
	])('says why the queue refused it: %s', (reason, sentence) => {
		expect(failureSentence(new BotError('RATE_LIMITED', 'for the log', { reason }), english, asked)).toBe(sentence);
	});

	it.each(['cannot-chat', 'cannot-use-tools'])('blames no question for a model of another kind: %s', (reason) => {
		const error = new BotError('MODEL_REJECTED', 'for the log', { reason });
		expect(failureSentence(error, english, { model: 'all-minilm' })).toBe(english.failure.modelUnfit('all-minilm'));
		for (const words of Object.values(languages)) {
			expect(failureSentence(error, words, { model: 'all-minilm' })).not.toMatch(/another way|otra manera/);
			expect(words.failure.modelRejected).not.toMatch(/another way|otra manera/);
		}
	});

	it('says of pictures that the model sees none', () => {
		const error = new BotError('MODEL_REJECTED', 'for the log', { reason: 'cannot-see' });
		expect(failureSentence(error, english, { model: 'demo' })).toBe(english.failure.modelBlind('demo'));
	});

	it('says of what is too long how it gets shorter', () => {
		const error = new BotError('MODEL_REJECTED', 'for the log', { reason: 'too-long' });
		expect(failureSentence(error, english, asked)).toBe(english.failure.promptTooLong);
	});

	it('does not blame the question for the wait behind others', () => {
		const error = new BotError('TIMEOUT', 'for the log', { reason: 'queue' });
		expect(failureSentence(error, english, asked)).toBe(english.failure.queueFull);
	});

	it('never repeats the error, which is for the log', () => {
		for (const code of Object.keys(sentences)) {
			expect(failureSentence(new BotError(code as ErrorCode, 'secret-host'), english, asked)).not.toContain('secret-host');
		}
	});
});
