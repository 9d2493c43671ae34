/** The file that waits in a composer to be sent: chosen, dropped or taken away again. */

import { useState } from 'preact/hooks';

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
			const reader = new FileReader();
			// A data URL is `data:<type>;base64,<content>`.
			reader.onload = () =>
				setFile({
					name: chosen.name,
					mimetype: chosen.type || 'application/octet-stream',
					base64: String(reader.result).split(',')[1] ?? '',
				});
			reader.readAsDataURL(chosen);
			return true;
		},
		clear: () => setFile(null),
	};
}
