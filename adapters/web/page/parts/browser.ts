/** What the page asks of its browser. */

import type { SavedFile } from '../state/api-client.ts';
import type { Chat } from '../state/chat.ts';

/** Then a tab that nobody sees gives its connection back: over HTTP/1.1 a browser opens six to a host. */
const hiddenMs = 30_000;

/** How often it is looked whether time has passed without us, and from how long on it has: less happens on a busy machine. */
const tickMs = 2_000;
const sleptMs = 5_000;

/** Longer than somebody takes to say where a file belongs. */
const keptMs = 10 * 60_000;

/** A tab that nobody sees has no frames. */
export function nextFrame(run: () => void): void {
	if (document.hidden) setTimeout(run);
	else requestAnimationFrame(run);
}

/** Over plain http, also with a host name, `crypto.randomUUID` is missing. */
export function newId(): string {
	const bytes = crypto.getRandomValues(new Uint8Array(16));
	// Version 4, variant 1 ("UUID", RFC 9562).
	bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
	bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
	const digits = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
	return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** Whoever looks again, also after their computer slept, finds the page in step. */
export function watchAttention(chat: Chat): void {
	let resting: ReturnType<typeof setTimeout> | undefined;
	document.addEventListener('visibilitychange', () => {
		clearTimeout(resting);
		if (document.hidden) resting = setTimeout(chat.rest, hiddenMs);
		else chat.wake();
	});
	addEventListener('pageshow', ({ persisted }) => persisted && chat.wake());
	addEventListener('online', chat.wake);
	addEventListener('pagehide', chat.leave);
	// A computer that slept says nothing of it to a page that was seen all the time.
	let tickedAtMs = Date.now();
	setInterval(() => {
		const nowMs = Date.now();
		if (!document.hidden && nowMs - tickedAtMs > tickMs + sleptMs) chat.wake();
		tickedAtMs = nowMs;
	}, tickMs);
}

/** @returns whether it is in the clipboard now. */
export async function copyText(text: string): Promise<boolean> {
	try {
		await navigator.clipboard.writeText(text);
		return true;
	} catch {
		return copyBySelection(text);
	}
}

/** Where the page was not opened over https there is no other way. */
function copyBySelection(text: string): boolean {
	const field = document.createElement('textarea');
	field.value = text;
	field.className = 'unseen';
	document.body.append(field);
	const { activeElement } = document;
	field.select();
	const isCopied = document.execCommand('copy');
	field.remove();
	if (activeElement instanceof HTMLElement) activeElement.focus();
	return isCopied;
}

/** Gives a file to whoever asked for it, as a link to one would. */
export function saveFile({ name, content }: SavedFile): void {
	const link = document.createElement('a');
	link.href = URL.createObjectURL(content);
	link.download = name;
	link.click();
	// The browser has begun to read it once it asks where to put it.
	setTimeout(() => URL.revokeObjectURL(link.href), keptMs);
}

/** A keyboard on the screen has no Shift to hold: there Enter begins a new line. */
export function hasKeyboard(): boolean {
	return matchMedia('(hover: hover) and (pointer: fine)').matches;
}

/** Whether fingers press what is shown. */
export function isTouched(): boolean {
	return matchMedia('(pointer: coarse)').matches;
}

/** Whether this key press sends or saves. One that ends a composition of Japanese, say, does not; Safari says so by its code alone. */
export function isPlainEnter(event: KeyboardEvent): boolean {
	return event.key === 'Enter' && !event.shiftKey && !event.isComposing && event.keyCode !== 229;
}
