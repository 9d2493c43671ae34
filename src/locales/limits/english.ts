/** Limits in English: why something was refused, and what `quota` shows. Times are milliseconds, sizes bytes. */

import { count as countIn, duration, mebibytes } from './amounts.ts';

const count = (value: number) => countIn(value, 'en');
const askAdministrator = 'Waiting does not help here; an administrator can change it.';
const questions = (value: number) => `${count(value)} ${value === 1 ? 'question' : 'questions'}`;
const tokens = (value: number) => `${count(value)} ${value === 1 ? 'token' : 'tokens'}`;

export const limits = {
	refusal: {
		requestsPerMinute: (allowed: number, backInMs: number | null) =>
			backInMs === null
				? `⏳ Your limit is ${questions(allowed)} a minute. ${askAdministrator}`
				: `⏳ Your limit is ${questions(allowed)} a minute, and none is left. Ask me again in ${duration(backInMs)}.`,
		tokensPerDay: (allowed: number, backInMs: number | null) =>
			backInMs === null
				? `⏳ Your limit is ${tokens(allowed)} a day. ${askAdministrator}`
				: `⏳ Your limit is ${tokens(allowed)} a day, and none is left. You have all of them again in ${duration(backInMs)}.`,
		channelTokensPerDay: (allowed: number, backInMs: number) =>
			`⏳ What may be used here in a day, ${tokens(allowed)} for everybody together, is used up. Ask me again in ${duration(backInMs)}, or write to me directly.`,
		messageCharacters: (size: number, allowed: number) =>
			`Your message has ${count(size)} characters, and your limit is ${count(allowed)}. Please send a shorter one or split it.`,
		/** From the model queue, which counts the answers under way. */
		repliesInFlight: (allowed: number) =>
			`⏳ Your limit is ${count(allowed)} ${allowed === 1 ? 'answer' : 'answers'} at the same time, and none is left. Ask me again when one has ended or you have stopped it.`,
		models: (wanted: string, allowed: string) =>
			allowed === ''
				? `You may not use the model “${wanted}”. An administrator can change that.`
				: `You may not use the model “${wanted}”; yours are: ${allowed}. An administrator can change that.`,
	},
	quota: {
		role: (name: string) => `Your role: ${name}`,
		requestsPerMinute: 'Questions a minute',
		tokensPerDay: 'Tokens a day',
		uploadsPerDay: 'Files a day',
		repliesInFlight: 'Answers at the same time',
		messageCharacters: 'Characters in a message',
		uploadBytes: 'Size of a file',
		models: 'Models',
		tools: 'Tools',
		untouched: (allowed: number) => `all ${count(allowed)} left`,
		used: (used: number, allowed: number, backInMs: number) =>
			`${count(used)} of ${count(allowed)} used, ${count(Math.max(0, allowed - used))} left; all back in ${duration(backInMs)}`,
		unlimited: (used: number) => `${count(used)} used, no limit`,
		atMost: (allowed: number) => `up to ${count(allowed)}`,
		fileSize: (allowed: number) => `up to ${mebibytes(allowed, 'en', 'limit')}`,
		noLimit: 'no limit',
		notAllowed: 'not allowed',
	},
};
