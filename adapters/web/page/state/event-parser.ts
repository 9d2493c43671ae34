/** Server-sent events from the pieces in which a stream happens to come. Pure, but for what it keeps of an unfinished one. */

export interface StreamedEvent {
	name: string;
	data: string;
}

/** @returns takes the next piece, and gives the events that are whole by then. */
export function createEventParser(): (piece: string) => StreamedEvent[] {
	let rest = '';
	let name = '';
	let data: string[] = [];

	function takeLine(line: string): StreamedEvent | null {
		if (line === '') {
			const event = data.length === 0 ? null : { name: name || 'message', data: data.join('\n') };
			name = '';
			data = [];
			return event;
		}
		const [, field = '', value = ''] = /^([^:]*):? ?(.*)$/s.exec(line) ?? [];
		if (field === 'event') name = value;
		else if (field === 'data') data.push(value);
		return null;
	}

	return (piece) => {
		const lines = (rest + piece).split('\n');
		rest = lines.pop() ?? '';
		return lines.flatMap((line) => takeLine(line.endsWith('\r') ? line.slice(0, -1) : line) ?? []);
	};
}
