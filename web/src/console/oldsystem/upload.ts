// A file on its way to the server, with how far it is: fetch does not tell.
import { Trouble } from '../../shared/ask';

interface Answer {
  uploadId?: string;
  errors?: { code?: string; message: string }[];
}

/** Answers the id to import it by. */
export function upload(file: File, onProgress: (share: number) => void): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', `/imports?name=${encodeURIComponent(file.name)}`);
    request.setRequestHeader('Content-Type', 'text/csv');
    request.upload.onprogress = ({ loaded, total, lengthComputable }) => {
      if (lengthComputable && total > 0) onProgress(loaded / total);
    };
    request.onerror = () => reject(new Trouble('unreachable', 'The file did not reach the server.'));
    request.onload = () => {
      const answer = read(request.responseText);
      if (answer?.uploadId) resolve(answer.uploadId);
      else reject(refusedAs(answer, request.status));
    };
    request.send(file);
  });
}

function refusedAs(answer: Answer | null, status: number): Trouble {
  const messages = answer?.errors?.map(({ message }) => message).join(' ');
  return new Trouble(
    'failed',
    messages || `The server answered ${status}. Nothing of the file was kept; send it again.`,
    '',
    answer?.errors?.[0]?.code,
  );
}

function read(text: string): Answer | null {
  try {
    return JSON.parse(text) as Answer;
  } catch {
    return null;
  }
}
