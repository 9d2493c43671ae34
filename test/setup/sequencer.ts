/** The order of the test files: what takes longest begins first, so that in the end all workers are done at about the same time. */

import { relative } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Where the files are that take longer than most, the longest first; see docs/testing.md. */
const slowFolders = ['test/e2e/platforms/', 'test/e2e/', 'test/database/', 'test/scripts/', 'test/fuzz/'];

/** Within a folder Vitest's own order: by the times of the last run where there was one, else by size. */
export class SlowFoldersFirst extends BaseSequencer {
	override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
		const sorted = await super.sort(files);
		return sorted.sort((one, other) => this.#rank(one) - this.#rank(other));
	}

	#rank({ moduleId }: TestSpecification): number {
		const path = relative(this.ctx.config.root, moduleId);
		const rank = slowFolders.findIndex((folder) => path.startsWith(folder));
		return rank === -1 ? slowFolders.length : rank;
	}
}
