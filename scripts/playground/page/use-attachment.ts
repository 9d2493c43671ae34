/** The file that waits in a composer to be sent: chosen, dropped or taken away again. */

import { useEffect, useState } from 'preact/hooks';

/** Larger ones would take too long as JSON; the platforms themselves take more. */
const maxFileBytes = 5_000_000;

export interface AttachedFile {
	name: string;
	mimetype: string;
	base64: string;
}

export interface Attachment {
	file: AttachedFile | null;
	/** Undefined: nothing was chosen. @returns whether it was small enough. */
	take(file: File | undefined): boolean;
	clear(): void;
}

export function useAttachment(): Attachment {
	const [file, setFile] = useState<AttachedFile | null>(null);
	return {
		file,
		take(chosen) {
			if (chosen === undefined) return true;
			if (chosen.size > maxFileBytes) return false;
			void readFile(chosen).then(setFile);
			return true;
		},
		clear: () => setFile(null),
	};
}

/** As it goes to the server. */
export async function readFile(file: File): Promise<AttachedFile> {
	const { promise, resolve, reject } = Promise.withResolvers<string>();
	const reader = new FileReader();
	reader.onload = () => resolve(String(reader.result));
	reader.onerror = () => reject(reader.error);
	reader.readAsDataURL(file);
	// A data URL is `data:<type>;base64,<content>`.
	const base64 = (await promise).split(',')[1] ?? '';
	return { name: file.name, mimetype: file.type || 'application/octet-stream', base64 };
}

/** What is dropped anywhere on the talk or thread around the field goes to its composer. @returns whether something is held over it. */
export function useDropping(field: { current: HTMLElement | null }, onFile: (file: File | undefined) => void): boolean {
	const [isOver, setIsOver] = useState(false);
	useEffect(() => {
		const talk = field.current?.closest<HTMLElement>('.thread, .post, .conversation');
		if (talk == null) return;
		const over = (event: DragEvent) => {
			event.preventDefault();
			event.stopPropagation();
			setIsOver(true);
		};
		const leave = (event: DragEvent) => {
			if (!talk.contains(event.relatedTarget as Node | null)) setIsOver(false);
		};
		const drop = (event: DragEvent) => {
			event.preventDefault();
			event.stopPropagation();
			setIsOver(false);
			onFile(event.dataTransfer?.files[0]);
		};
		talk.addEventListener('dragover', over);
		talk.addEventListener('dragleave', leave);
		talk.addEventListener('drop', drop);
		return () => {
			talk.removeEventListener('dragover', over);
			talk.removeEventListener('dragleave', leave);
			talk.removeEventListener('drop', drop);
		};
	});
	return isOver;
}
