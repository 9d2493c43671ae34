/** Files on their way into a question: each with its own progress, given up, tried again or taken off by itself. */

import type { UploadedFileView } from '#src/api/contract/files.ts';
import { ApiProblem } from './api-client.ts';
import { createPageStore, type PageStore } from './page-store.ts';

/** A file as a browser gives it. */
export type ChosenFile = Pick<File, 'name' | 'size'> & Blob;

export interface QuestionFile {
	key: string;
	/** The composer that it was put into. */
	conversation: string;
	file: ChosenFile;
	state: 'sending' | 'kept' | 'failed';
	/** From 0 to 1. */
	progress: number;
	/** What the program keeps it by; null until it does. */
	id: string | null;
	/** Why it failed, in a sentence; empty where nobody said why. */
	reason: string;
}

export interface QuestionFiles {
	files: PageStore<readonly QuestionFile[]>;
	add(conversation: string, files: readonly ChosenFile[]): void;
	retry(key: string): void;
	/** On its way or not. */
	remove(key: string): void;
	/** What a question from there is sent with. Failed ones stay. */
	take(conversation: string): string[];
	clear(): void;
}

export interface QuestionFilesDependencies {
	newId(): string;
	/** @throws ApiProblem; whatever is thrown once `signal` has aborted is nobody's concern. */
	upload(file: ChosenFile, progress: (share: number) => void, signal: AbortSignal): Promise<UploadedFileView>;
}

export function createQuestionFiles({ newId, upload }: QuestionFilesDependencies): QuestionFiles {
	const files = createPageStore<readonly QuestionFile[]>([]);
	const sending = new Map<string, AbortController>();

	function change(key: string, part: Partial<QuestionFile>): void {
		files.change((all) => all.map((one) => (one.key === key ? { ...one, ...part } : one)));
	}

	async function send({ key, file }: QuestionFile): Promise<void> {
		const control = new AbortController();
		sending.set(key, control);
		try {
			const { id } = await upload(file, (progress) => change(key, { progress }), control.signal);
			change(key, { state: 'kept', id });
		} catch (thrown) {
			change(key, { state: 'failed', progress: 0, reason: thrown instanceof ApiProblem ? thrown.message : '' });
		} finally {
			if (sending.get(key) === control) sending.delete(key);
		}
	}

	function remove(key: string): void {
		sending.get(key)?.abort();
		files.change((all) => all.filter((one) => one.key !== key));
	}

	return {
		files,
		add(conversation, chosen) {
			const added = chosen.map((file): QuestionFile => {
				return { key: newId(), conversation, file, state: 'sending', progress: 0, id: null, reason: '' };
			});
			files.change((all) => [...all, ...added]);
			for (const one of added) void send(one);
		},
		retry(key) {
			const failed = files.get().find((one) => one.key === key && one.state === 'failed');
			if (failed === undefined) return;
			change(key, { state: 'sending', reason: '' });
			void send(failed);
		},
		remove,
		take(conversation) {
			const taken = files.get().filter((one) => one.conversation === conversation && one.state === 'kept');
			files.change((all) => all.filter((one) => !taken.includes(one)));
			return taken.flatMap(({ id }) => id ?? []);
		},
		clear() {
			for (const { key } of files.get()) remove(key);
		},
	};
}
