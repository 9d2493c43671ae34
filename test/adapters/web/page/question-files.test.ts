import { beforeEach, expect, it } from 'vitest';
import { ApiProblem } from '../../../../adapters/web/page/state/api-client.ts';
import { createQuestionFiles, type QuestionFiles } from '../../../../adapters/web/page/state/question-files.ts';

interface Upload {
	name: string;
	signal: AbortSignal;
	progress(share: number): void;
	done: PromiseWithResolvers<{ id: string; name: string; mediaType: string; sizeBytes: number }>;
}

let uploads: Upload[];
let files: QuestionFiles;

beforeEach(() => {
	uploads = [];
	files = createQuestionFiles({
		newId: () => crypto.randomUUID(),
		upload({ name }, progress, signal) {
			const done: Upload['done'] = Promise.withResolvers();
			uploads.push({ name, progress, signal, done });
			return done.promise;
		},
	});
});

const shown = () => files.files.get().map(({ file: { name }, state, progress, reason }) => `${name} ${state} ${progress} ${reason}`.trim());
const settled = () => new Promise((resolve) => setImmediate(resolve));
const kept = (name: string) => ({ id: `id of ${name}`, name, mediaType: 'text/plain', sizeBytes: 1 });

it('says of each file how far it is, and keeps each to the question that it was put into', async () => {
	files.add('talk', [new File(['a'], 'a.txt')]);
	files.add('other', [new File(['b'], 'b.txt')]);
	uploads[0]?.progress(0.5);
	expect(shown()).toEqual(['a.txt sending 0.5', 'b.txt sending 0']);
	for (const { name, done } of uploads) done.resolve(kept(name));
	await settled();
	expect(files.take('talk')).toEqual(['id of a.txt']);
	expect(files.take('talk')).toEqual([]);
	expect(shown()).toEqual(['b.txt kept 0']);
});

it('says why one failed, which holds up no other and can be tried again', async () => {
	files.add('talk', [new File(['a'], 'a.txt'), new File(['b'], 'b.txt')]);
	uploads[0]?.done.reject(new ApiProblem('refused', { message: 'Too large.' }));
	uploads[1]?.done.resolve(kept('b.txt'));
	await settled();
	expect(shown()).toEqual(['a.txt failed 0 Too large.', 'b.txt kept 0']);
	expect(files.take('talk')).toEqual(['id of b.txt']);
	files.retry(files.files.get()[0]?.key ?? '');
	uploads[2]?.done.resolve(kept('a.txt'));
	await settled();
	expect(files.take('talk')).toEqual(['id of a.txt']);
});

it('gives up what is on its way when it is taken off, and all of it when somebody signs out', async () => {
	files.add('talk', [new File(['a'], 'a.txt'), new File(['b'], 'b.txt')]);
	files.remove(files.files.get()[0]?.key ?? '');
	expect(uploads.map(({ signal }) => signal.aborted)).toEqual([true, false]);
	files.clear();
	expect(uploads.map(({ signal }) => signal.aborted)).toEqual([true, true]);
	for (const { done } of uploads) done.reject(new ApiProblem('away'));
	await settled();
	expect(shown()).toEqual([]);
});
