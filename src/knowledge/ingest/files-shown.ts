/** What people are told of the files of one message: a line for each, in the words of whoever shared them. Pure. */

import type { Words } from '../../locales/locales.ts';
import type { Block } from '../../markdown/block.ts';
import type { FileReason } from './file-reason.ts';

/** A file, as far as it has come. */
export interface FileState {
	name: string;
	progress: /** `asked`: whoever shared it has not said yet that it may be taken. */
		| { stage: 'asked' | 'waiting' | 'reading' }
		/** So many passages are in. */
		| { stage: 'indexing'; passages: number }
		| { stage: 'indexed'; passages: number; isPartial: boolean }
		| { stage: 'unread'; reason: FileReason };
}

/**
 * In a personal chat everything is told. Elsewhere a line would be read by everybody who follows the thread, so there is one only for what
 * somebody can mend. Empty for nothing.
 */
export function toldFiles(files: readonly FileState[], isPersonal: boolean): readonly FileState[] {
	return files.filter(({ progress: { stage } }) => stage !== 'asked' && (isPersonal || stage === 'unread'));
}

/** @param most how many lines fit. */
export function filesBlock(files: readonly FileState[], words: Words, most: number): Block {
	const lines = files.slice(0, most).map(({ name, progress }) => fileLine(name, progressIn(progress, words)));
	const [only = ''] = lines;
	const cut = files.length > most ? [words.command.cut(most, files.length)] : [];
	const isList = files.length > 1;
	const source = isList ? [...lines, ...cut].map((line) => `- ${line}`).join('\n') : only;
	return { kind: isList ? 'list' : 'paragraph', source, language: '', isComplete: true };
}

/** What is said of a file. */
export interface FileRemark {
	name: string;
	sentence: string;
}

/** Of files of which the same is said; what more there are is told as a number. */
const mostNames = 5;

/** A line for each sentence, with all files of which it is said. @param shown how a name stands in it. */
export function remarkLines(remarks: readonly FileRemark[], { files }: Words, shown: (name: string) => string): string[] {
	return [...Map.groupBy(remarks, ({ sentence }) => sentence)].map(([sentence, alike]) => {
		const names = alike
			.slice(0, mostNames)
			.map(({ name }) => shown(name))
			.join(', ');
		const those = alike.length === 1 ? names : files.together(names, Math.max(0, alike.length - mostNames));
		return `${those}: ${sentence}`;
	});
}

/** The same in Markdown, as below an answer. */
export function fileLines(remarks: readonly FileRemark[], words: Words): string[] {
	return remarkLines(remarks, words, asCode).map((line) => `📎 ${line}`);
}

/** In Markdown. @param sentence what is said of the file. */
function fileLine(name: string, sentence: string): string {
	return `📎 ${asCode(name)}: ${sentence}`;
}

function progressIn(progress: FileState['progress'], { files: words }: Words): string {
	switch (progress.stage) {
		case 'indexing':
			return words.indexing(progress.passages);
		case 'indexed':
			return progress.isPartial ? words.partly(progress.passages) : words.indexed(progress.passages);
		case 'unread':
			return words.unread[progress.reason];
		case 'reading':
			return words.reading;
		default:
			return words.waiting;
	}
}

/** Nothing in it is a mark of anything; without a name the sentence is enough. */
function asCode(name: string): string {
	return `\`${name.replaceAll('`', "'") || '…'}\``;
}
