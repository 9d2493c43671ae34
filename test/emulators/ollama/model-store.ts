/** Which models are installed, by their full names, and which of them are in memory. */

import { HttpRefusal } from './exchange.ts';
import { createModelMemory, type LoadedModel, type LoadRequest, type MemorySettings } from './model-memory.ts';
import type { EmulatedModel } from './types.ts';

export interface ModelStore {
	installed(): EmulatedModel[];
	/** @throws HttpRefusal 404, in Ollama's words for chats unless others are given: it has some for each route. */
	find(name: string, missing?: (fullName: string) => HttpRefusal): EmulatedModel;
	add(model: EmulatedModel): void;
	/** Whether loaded models lie on one; without it `/api/ps` says that they run on the processor. */
	setGraphicsCard(isThere: boolean): void;
	hasGraphicsCard(): boolean;
	remove(name: string): void;
	loaded(): LoadedModel[];
	load(request: LoadRequest): Promise<{ loaded: LoadedModel; loadMs: number } | null>;
	unload(name?: string): void;
}

export function createModelStore(models: readonly EmulatedModel[], settings: MemorySettings): ModelStore {
	const memory = createModelMemory(settings);
	const installed = new Map<string, EmulatedModel>();
	let hasGraphicsCard = true;
	const add = (model: EmulatedModel): void => {
		const name = model.name.includes(':') ? model.name : `${model.name}:latest`;
		installed.set(fullName(name), { ...model, name });
	};
	for (const model of models) add(model);
	return {
		installed: () => [...installed.values()],
		find: (name, missing = () => new HttpRefusal(404, `model '${name}' not found`)) => {
			const model = installed.get(fullName(name));
			if (!model) throw missing(fullName(name));
			return model;
		},
		add,
		setGraphicsCard: (isThere) => {
			hasGraphicsCard = isThere;
		},
		hasGraphicsCard: () => hasGraphicsCard,
		remove: (name) => {
			installed.delete(fullName(name));
			memory.unload(fullName(name));
		},
		loaded: memory.loaded,
		load: memory.load,
		unload: (name) => memory.unload(name === undefined ? undefined : fullName(name)),
	};
}

/** Names are compared without regard to case, and what they leave out is `registry.ollama.ai`, `library` and `latest`. */
function fullName(name: string): string {
	const short = name.toLowerCase().replace(/^(?:registry\.ollama\.ai\/)?library\//, '');
	return short.includes(':') ? short : `${short}:latest`;
}
