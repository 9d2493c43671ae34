/** What models take of the memory of hosts, and of their graphics cards: Ollama tells it of each that is loaded. */

import type { Host } from './host.ts';
import { isSameModel, modelNameOf } from './model-name.ts';
import type { ModelMemory } from './model-operations.ts';

/** A host without anything in its memory has no entry. @param names Of models that are told by their name; all others together are `other`. */
export function memoryOf(hosts: readonly Pick<Host, 'label' | 'running'>[], names: readonly string[]): ModelMemory[] {
	const all = new Map<string, ModelMemory>();
	for (const { label: host, running } of hosts) {
		for (const entry of running() ?? []) {
			const model = names.find((name) => isSameModel(name, modelNameOf(entry))) ?? 'other';
			const before = all.get(`${model}@${host}`) ?? { host, model, bytes: 0, videoBytes: 0 };
			const { bytes, videoBytes } = before;
			all.set(`${model}@${host}`, { host, model, bytes: bytes + entry.size, videoBytes: videoBytes + entry.size_vram });
		}
	}
	return [...all.values()];
}
