/** What the bot says in English. Sentences with parts are functions; numbers come in as numbers, names as text that is safe to show. */

import { administration } from './administration/english.ts';
import { alerts } from './alerts/english.ts';
import { channel } from './channel/english.ts';
import { companyData } from './company-data/english.ts';
import { connectors } from './connectors/english.ts';
import { digest } from './digest/english.ts';
import { docs } from './docs/english.ts';
import { documents } from './documents/english.ts';
import { evaluation } from './evaluation/english.ts';
import { files } from './files/english.ts';
import { history } from './history/english.ts';
import { language } from './language/english.ts';
import { limits } from './limits/english.ts';
import { link } from './link/english.ts';
import { migration } from './migration/english.ts';
import { model } from './model/english.ts';
import { myData } from './my-data/english.ts';
import { queue } from './queue/english.ts';
import { recap } from './recap/english.ts';
import { sources } from './sources/english.ts';
import { sql } from './sql/english.ts';
import { sync } from './sync/english.ts';
import { tools } from './tools/english.ts';
import { web } from './web/english.ts';
import { why } from './why/english.ts';

const seconds = (value: number) => (value < 60 ? `${value} s` : `${Math.round(value / 60)} min`);
const count = (value: number) => value.toLocaleString('en');

export const english = {
	activity: {
		thinking: 'is thinking…',
		resuming: 'was interrupted and is starting again…',
		queued: (position: number, estimateSeconds: number | null) =>
			estimateSeconds === null
				? `is waiting for a free model: place ${position}`
				: `is waiting for a free model: place ${position}, about ${seconds(estimateSeconds)}`,
		loading: (waited: number) => `is waiting for the model to be loaded (${seconds(waited)} so far); “stop” ends that`,
		away: (waited: number) => `is waiting for the model’s machine, silent for ${seconds(waited)}; “stop” ends that`,
		silent: (waited: number) => `is waiting for the model, which is busy or silent for ${seconds(waited)}; “stop” ends that`,
		paused: (waited: number) => `is waiting for the model, which paused ${seconds(waited)} ago; “stop” ends that`,
	},
	button: {
		stop: 'Stop',
		retry: 'Try again',
		helpful: 'Good answer',
		unhelpful: 'Bad answer',
	},
	notice: {
		queued: (position: number, estimateSeconds: number | null) =>
			estimateSeconds === null
				? `⏳ I am waiting for a free model: place ${position}.`
				: `⏳ I am waiting for a free model: place ${position}, about ${seconds(estimateSeconds)}.`,
		working: '💭 It is my turn now, I am thinking…',
		loading: (waited: number) => `⏳ The model is being loaded into memory, which can take minutes: ${seconds(waited)} so far.`,
		away: (waited: number) => `⏳ The machine of the model has not answered for ${seconds(waited)}. I go on waiting for it.`,
		silent: (waited: number) =>
			`⏳ The model has said nothing for ${seconds(waited)}: it is reading, or busy with others. I go on waiting for it.`,
		paused: (waited: number) => `⏳ The model paused ${seconds(waited)} ago. I go on waiting for it.`,
		thinking: '💭 I am thinking. My answer will be here.',
		stopped: '⏹️ Stopped.',
		interrupted: '⚠️ The model broke off here. Press “Try again” for a new answer.',
		lengthLimit: '✂️ This is as long as one answer may be. Ask me to go on.',
		filesDirectly: '📎 I cannot get at files in this place. Send them to me in a personal chat.',
	},
	citation: {
		/** Behind a sentence, in place of the mark of a source. */
		unsupported: '(not in the source)',
	},
	failure: {
		modelUnavailable: 'I cannot reach the language model right now. Nothing of yours is lost: press “Try again” in a moment.',
		modelMissing: (model: string) => `The model “${model}” is not installed. An administrator can install it with: ollama pull ${model}`,
		modelUnfit: (model: string) =>
			`The model “${model}” is not one that writes answers, so no question helps. An administrator can choose another one (OLLAMA_MODEL).`,
		modelBlind: (model: string) => `The model “${model}” sees no pictures. Ask without them, in words.`,
		promptTooLong: 'This conversation is too long for the language model. Begin a new one with “new”, or ask something shorter.',
		modelRejected: 'The language model did not take this question, and that has been logged for the administrators.',
		timeout: 'The language model took too long. Press “Try again”, or ask for something shorter.',
		queueFull: 'Too many questions are waiting already. Please try again in a few minutes.',
		emptyAnswer: 'The language model gave an empty answer. Press “Try again”, or put the question another way.',
		internal: 'Something went wrong on my side, and it has been logged. Press “Try again”.',
		unanswered: 'Something went wrong on my side, and it has been logged. I have no answer for you: please ask again.',
	},
	undelivered: {
		mayNotPost:
			'I may not post in this channel, so I cannot answer you there. Ask me in a direct message, or ask its managers to let me post.',
		mayPostNoMore: '⚠️ I may not post here any more, so the rest of this answer is missing.',
		blocked: '⚠️ My answer was blocked by this server’s rules.',
		restBlocked: '⚠️ The rest of this answer was blocked by this server’s rules.',
		notAccepted: '⚠️ My answer was not accepted here, and nobody told me why. It has been logged.',
		restNotAccepted: '⚠️ The rest of this answer was not accepted here, and nobody told me why. It has been logged.',
		lost: 'I could not find out whether my answer arrived. If you do not see it, please ask again.',
	},
	refusal: {
		guest: 'Sorry, I only answer members of this company. Please ask the person who invited you.',
		deactivated: 'Sorry, this account is deactivated, so I cannot answer.',
		tooLong: (characters: number, limit: number) =>
			`Your message has ${count(characters)} characters, and I can read about ${count(limit)} of this kind at once. Please send a shorter one or split it.`,
		administratorsOnly: (account: string) =>
			`Only administrators of this bot can do that. One of them can make you one; your account here is ${account}.`,
		notYours: 'Only the person who asked can use this button.',
		askedAgain: 'I have asked this again already. The newer answer has a button of its own.',
		questionGone: 'The question was deleted, so I cannot ask it again.',
		answerGone: 'I do not have this answer any more, so its buttons do nothing. Please ask again.',
		answerOver: 'There is nothing to stop any more: this answer has ended.',
		buttonExpired: 'This button is more than a day old, so nothing was done. Please ask again.',
		formNotYours: 'Only the person to whom this form was shown can send it in. Nothing was done, and it has been noted.',
		formExpired: 'This form is more than a day old, so nothing was done. Use the command again for a new one.',
	},
	administration,
	channel,
	docs,
	files,
	history,
	limits,
	model,
	myData,
	queue,
	recap,
	documents,
	sources,
	sql,
	sync,
	alerts,
	digest,
	evaluation,
	migration,
	connectors,
	companyData,
	tools,
	web,
	why,
	language,
	link,
	feedback: {
		thanks: 'Thank you, noted. You can change your mind at any time.',
	},
	app: {
		summary: 'Private assistant that answers with models on our own machines.',
		about: 'Ask anything: the answer is written by a model on the company’s own machines, and appears as it is written.',
		commands: 'OpenCCB commands',
		askAboutMessage: 'Ask OpenCCB',
		takeFiles: 'Add to documents',
		takeFilesAbout: 'Reads the files of this message, so that everybody here can ask about them.',
	},
	command: {
		help: {
			talking: [
				'Mention me in a channel or write to me directly, and I answer there.',
				'In a conversation where I take part there is no need to mention me again, as far as the platform lets me hear it.',
				'Say “stop”, or press Stop, and I stop at once.',
			].join('\n'),
			commands: 'Commands, from the menu of commands, or by mentioning me with the word:',
		},
		about: {
			help: 'how to talk to me',
			new: 'forget what was said here and begin afresh',
			stop: 'stop my answers to you in this place',
			status: 'how I am doing',
			quota: 'what you may use, and how much of it is left',
			model: 'see which model answers, and choose another one',
			channel: 'what holds in this channel, such as what I answer, when, and which files I read',
			shh: 'be quiet in this thread until I am mentioned again',
			docs: 'see the documents that you may read, and forget those that you shared',
			sources: 'what my last answer here draws on',
			why: 'what became of your last message here, and why',
			summarize: 'sum up this thread, or what was said last in this channel, for you alone',
			catchup: 'what you missed in this channel, for you alone',
			history: 'see, open, rename and delete your conversations with me',
			'my-data': 'take along or erase all that I hold of you',
			lang: 'choose the language in which I speak to you',
			web: 'use me in your browser',
			sql: 'ask the company’s databases, and see which there are',
			link: 'link your accounts on several platforms',
			unlink: 'take this account out of the link again',
			queue: 'see, pause or drain the queue for the models',
			admin: 'people, roles and limits',
			audit: 'read what somebody told me, on the record',
		},
		arguments: {
			model: {
				model: { name: 'model', about: 'which one; nothing to see what there is' },
				scope: { name: 'scope', about: 'for this conversation, for me, or for all that is asked here' },
			},
			channel: {
				what: { name: 'what', about: 'what to decide; show or nothing to see what holds' },
				value: { name: 'value', about: 'on, off, default, or what goes with it' },
				count: { name: 'count', about: 'for stale and retention days, for budget tokens a day' },
				hours: { name: 'hours', about: 'for quiet: from when to when, such as 22:00-07:00' },
				zone: { name: 'zone', about: 'for quiet: the time zone, such as Europe/Madrid' },
				since: { name: 'since', about: 'the first day that backfill goes back to, such as 2026-01-31' },
				scope: { name: 'scope', about: 'everywhere, for all channels here' },
				model: { name: 'model', about: 'for model: its name' },
			},
			docs: {
				action: { name: 'action', about: 'list, show, take, leave, forget; for administrators publish or withdraw' },
				days: { name: 'days', about: 'for publish: after how many days it is marked as old' },
				which: { name: 'which', about: 'its number or its name' },
			},
			summarize: { what: { name: 'what', about: 'thread, channel, or the link to a message there; nothing for where you are' } },
			catchup: { since: { name: 'since', about: 'since when, such as 8 hours, 3 days, yesterday or 2026-11-30; nothing for a day' } },
			history: {
				action: { name: 'action', about: 'list, open, rename or delete; nothing for the list' },
				number: { name: 'number', about: 'its number in the list' },
				rest: { name: 'rest', about: 'for rename the new title; for delete “yes”' },
			},
			'my-data': { action: { name: 'action', about: 'export or delete; nothing to see what they do' } },
			sql: {
				action: { name: 'action', about: 'list, named, ask, why, log; for administrators add, test, approve or revoke' },
				which: { name: 'which', about: 'a database, or a saved question; for log whose' },
				more: { name: 'more', about: 'for ask the values, such as city=Valencia; for test or log the reason' },
			},
			lang: { language: { name: 'language', about: 'english, spanish or auto; nothing to see which it is' } },
			link: { code: { name: 'code', about: 'the code that I gave you on the other platform; nothing to get one' } },
			web: {
				code: { name: 'code', about: 'the code that your browser shows; nothing for a link' },
				sure: { name: 'sure', about: 'yes, when you have read which browser it is' },
			},
			queue: { action: { name: 'action', about: 'show, pause, resume or drain' } },
			admin: { order: { name: 'order', about: 'what to do; nothing to see all that can be done' } },
			audit: {
				who: { name: 'who', about: 'whose messages: an account, or a name' },
				count: { name: 'count', about: 'how many of the newest' },
				why: { name: 'why', about: 'the reason, in two words or more; it is kept' },
			},
		},
		form: { submit: 'Go', cancel: 'Cancel', needed: 'This is needed.' },
		cut: (shown: number, all: number) => `(${shown} of ${all} fit in here.)`,
		directOnly: 'Ask me that in our personal chat, where nobody else can read the answer.',
		asked: 'I am answering below this message.',
		misread: (examples: string) => `I do not understand that. It can be said like this: ${examples}`,
		nothingBehind: (name: string) =>
			`“${name}” takes nothing behind it, so nothing was done. If that is what you want, say “${name}” alone.`,
		unknown: (name: string) => `I do not know the command “${name}”.`,
		meant: (name: string, usage: string) => `Did you mean “${name}”? It is said like this: ${usage}. “help” shows all that there are.`,
		fresh: 'Done. From your next message here I begin afresh.',
		stopped: (replies: number) => (replies === 1 ? 'Stopped one answer.' : `Stopped ${replies} answers.`),
		nothingToStop: 'I am not writing anything for you here.',
		status: (facts: { model: string; hostsUp: number; hosts: number; writing: number; waiting: number }) =>
			`Model ${facts.model} on ${facts.hostsUp} of ${facts.hosts} hosts. Writing ${facts.writing} answers, ${facts.waiting} waiting.`,
		statusProblem: (problem: string) => `⚠️ ${problem}`,
		statusFine: '✅ Everything works.',
		version: (version: string, commit: string) => `OpenCCB ${version}, commit ${commit}`,
		cacheAway: 'The shared cache is away: I work more slowly for now.',
	},
	greeting: 'Hello, I am OpenCCB. Ask me anything: a model on the company’s own machines answers. For example:',
	prompts: [
		{ title: 'What can you do?', message: 'What can you help me with?' },
		{ title: 'Write an e-mail', message: 'Help me write a short, friendly e-mail to a supplier asking for a delivery date.' },
		{ title: 'Explain simply', message: 'Explain what a purchase order is, in three sentences.' },
		{ title: 'Plan a meeting', message: 'Make an agenda for a 30-minute project kick-off meeting.' },
	],
};

/** What every language must say. */
export type Words = typeof english;
