/** Sends a file to the program. Of what browsers have, only this kind of request says how far it is. */

import type { UploadedFileView } from '#src/api/contract/files.ts';
import { ApiProblem, fileAddress, problemFrom } from '../state/api-client.ts';
import type { ChosenFile } from '../state/question-files.ts';

/** @throws ApiProblem */
export function sendFile(file: ChosenFile, progress: (share: number) => void, signal: AbortSignal): Promise<UploadedFileView> {
	const request = new XMLHttpRequest();
	signal.addEventListener('abort', () => request.abort());
	return new Promise((resolve, reject) => {
		request.upload.onprogress = ({ loaded, total }) => progress(total === 0 ? 0 : loaded / total);
		request.onload = () => {
			if (request.status === 200) resolve(request.response);
			else reject(problemFrom(request.status, request.response));
		};
		request.onerror = () => reject(new ApiProblem('away'));
		request.onabort = () => reject(new ApiProblem('away'));
		request.open('POST', fileAddress);
		request.responseType = 'json';
		request.setRequestHeader('content-type', 'application/octet-stream');
		request.setRequestHeader('x-file-name', encodeURIComponent(file.name));
		request.send(file);
	});
}
