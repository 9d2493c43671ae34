/** A page as a browser has it open behind a proxy that speaks https for the program: it asks, keeps its cookies, and shows what it hears. */

import { type IncomingMessage, type OutgoingHttpHeaders, request } from 'node:http';
import type { LiveEventName, LiveStreamEvents } from '#src/api/contract/live.ts';
import type { ConversationMessage } from '#src/api/contract/messages.ts';

export const publicUrl = 'https://bot.example.com';

export interface Heard {
	name: LiveEventName;
	data: never;
	atMs: number;
}

interface ShownAnswer {
	answerId: string | null;
	epoch: number;
	text: string;
	buttons: string[];
}

/** What a person sees, and everything that it follows from. */
export interface LivePage {
	/** By message, as long as it is not over. */
	answers: ReadonlyMap<string, ShownAnswer>;
	rows: ReadonlyMap<string, ConversationMessage>;
	heard: readonly Heard[];
	/** Every text of a message that is not over, as it was shown, in its order. */
	shown: readonly string[];
	/** The line is cut or has ended. */
	isOver: boolean;
	status: number;
	/** Hangs up, as a reload does. */
	leave(): void;
	/** Takes nothing from now on, and then everything again. */
	pause(): void;
	resume(): void;
}

export interface WebBrowser {
	/** A `Buffer` is sent as it is, all else as JSON. */
	call<Body>(method: string, path: string, body?: object | Buffer, headers?: OutgoingHttpHeaders): Promise<{ status: number; body: Body }>;
	/** Opens the stream, with what `before` had of answers that are not over. Resolves with its head. */
	listen(query: { conversation?: string; newConversation?: string }, before?: LivePage): Promise<LivePage>;
}

/** @param address Where the program listens now. */
export function openBrowser(address: () => string): WebBrowser {
	const cookies = new Map<string, string>();

	function send(method: string, path: string, body?: object | Buffer, more: OutgoingHttpHeaders = {}): Promise<IncomingMessage> {
		const isBytes = Buffer.isBuffer(body);
		const headers = {
			host: new URL(publicUrl).host,
			'sec-fetch-site': 'same-origin',
			'content-type': isBytes ? 'application/octet-stream' : 'application/json',
			cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
			...more,
		};
		return new Promise((resolve, reject) => {
			const sent = request(new URL(`/api/v1${path}`, address()), { method, headers, agent: false }, (response) => {
				for (const kept of response.headers['set-cookie'] ?? []) {
					const [name = '', value = ''] = kept.split(';', 1)[0]?.split('=') ?? [];
					cookies.set(name, value);
				}
				resolve(response);
			});
			sent.on('error', reject).end(body === undefined || isBytes ? body : JSON.stringify(body));
		});
	}

	return {
		async call(method, path, body, headers) {
			const response = await send(method, path, body, headers);
			const text = (await response.toArray()).join('');
			return { status: response.statusCode ?? 0, body: text === '' ? null : JSON.parse(text) };
		},
		async listen(query, before) {
			const held = [...(before?.answers ?? [])].map(([id, { epoch, text }]) => `${id}.${epoch}.${text.length}`).join(',');
			const parameters = new URLSearchParams({ ...query, ...(held === '' ? {} : { held }) });
			return show(await send('GET', `/live?${parameters}`), before);
		},
	};
}

function show(response: IncomingMessage, before: LivePage | undefined): LivePage {
	const answers = new Map(before?.answers);
	const rows = new Map(before?.rows);
	const heard: Heard[] = [];
	const shown: string[] = [];
	const page = { answers, rows, heard, shown, isOver: false, status: response.statusCode ?? 0 };

	function take(name: LiveEventName, data: LiveStreamEvents[LiveEventName]): void {
		heard.push({ name, data: data as never, atMs: performance.now() });
		if (name === 'answer') grow(data as LiveStreamEvents['answer']);
		if (name === 'message' || name === 'ended') rows.set((data as ConversationMessage).id, data as ConversationMessage);
		if (name !== 'ended') return;
		for (const [id, { answerId }] of answers) if (answerId === (data as ConversationMessage).id) answers.delete(id);
	}

	function grow({ messageId, answerId, epoch, from, text, buttons }: LiveStreamEvents['answer']): void {
		const known = answers.get(messageId);
		const labels = buttons?.map(({ label }) => label) ?? known?.buttons ?? [];
		const whole = (known?.text.slice(0, from) ?? '') + text;
		answers.set(messageId, { answerId, epoch, text: whole, buttons: labels });
		shown.push(whole);
	}

	let rest = '';
	response.setEncoding('utf8');
	response.on('data', (chunk: string) => {
		const frames = (rest + chunk).split('\n\n');
		rest = frames.pop() ?? '';
		for (const frame of frames) {
			const [, name] = /^event: (.*)$/m.exec(frame) ?? [];
			const [, data] = /^data: (.*)$/m.exec(frame) ?? [];
			if (name !== undefined && data !== undefined) take(name as LiveEventName, JSON.parse(data));
		}
	});
	const end = () => {
		page.isOver = true;
	};
	response.on('close', end).on('error', end);
	return Object.assign(page, {
		leave: () => void response.destroy(),
		pause: () => void response.socket.pause(),
		resume: () => void response.socket.resume(),
	});
}
