/** PDF files, written by hand: a page for each list of lines. */

export interface PdfOptions {
	/** As if it wanted a password to be opened. */
	isLocked?: boolean;
	title?: string;
}

const lineHeight = 14;
const topY = 780;

export function pdfFile(pages: readonly (readonly string[])[], { isLocked = false, title }: PdfOptions = {}): Buffer {
	const objects: string[] = [];
	const add = (object: string) => objects.push(object);
	const pageIds = pages.map((_, index) => 4 + index * 2);
	add('<< /Type /Catalog /Pages 2 0 R >>');
	add(`<< /Type /Pages /Kids [${pageIds.map((id) => `${id} 0 R`).join(' ')}] /Count ${pages.length} >>`);
	add('<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>');
	for (const [index, lines] of pages.entries()) {
		const content = lines.map(showLine).join('\n');
		add(
			`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents ${(pageIds[index] ?? 0) + 1} 0 R >>`,
		);
		add(`<< /Length ${content.length} >>\nstream\n${content}\nendstream`);
	}
	const lock = isLocked
		? ` /Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /P -4 /O <${'41'.repeat(32)}> /U <${'42'.repeat(32)}> >> /ID [<00> <00>]`
		: '';
	if (title !== undefined) add(`<< /Title (${title}) >>`);
	const description = title === undefined ? '' : ` /Info ${objects.length} 0 R`;
	return assemble(objects, lock + description);
}

/** Characters of Windows-1252 alone. */
function showLine(line: string, at: number): string {
	const text = line.replace(/[\\()]/g, (character) => `\\${character}`);
	return `BT /F1 11 Tf 50 ${topY - at * lineHeight} Td (${text}) Tj ET`;
}

function assemble(objects: readonly string[], trailer: string): Buffer {
	let file = '%PDF-1.4\n';
	const offsets = objects.map((object, index) => {
		const offset = file.length;
		file += `${index + 1} 0 obj\n${object}\nendobj\n`;
		return offset;
	});
	const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
	const size = objects.length + 1;
	file += `xref\n0 ${size}\n0000000000 65535 f \n${table}trailer\n<< /Size ${size} /Root 1 0 R${trailer} >>\nstartxref\n${file.length}\n%%EOF\n`;
	return Buffer.from(file, 'latin1');
}
