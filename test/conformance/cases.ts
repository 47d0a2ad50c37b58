/** Where a case is shown to hold. */
export type Home =
  /** By the suite, for each provider: see the columns of the report. */
  | { in: 'suite' }
  /** By one named test, since it is the engine's alone or needs a real browser. */
  | { in: 'test'; file: string; name: string }
  /** By the tests of a part of the kit that is no provider's business. */
  | { in: 'part'; part: 'server' | 'image' | 'react' | 'components' | 'outbox' | 'multipart'; why: string };

export interface Case {
  number: number;
  section: 'Network' | 'Files' | 'Person and React' | 'Server and security' | 'Persistence';
  /** What must hold. */
  promise: string;
  home: Home;
}

const suite: Home = { in: 'suite' };
const test = (file: string, name: string): Home => ({ in: 'test', file, name });
const server = (why: string): Home => ({ in: 'part', part: 'server', why });
const part = (name: 'image' | 'react' | 'components' | 'outbox' | 'multipart', why: string): Home => ({
  in: 'part',
  part: name,
  why,
});
const badInput = 'test/unit/core/bad-input.test.ts';
const changedFile = 'test/browser/core/changed-file.test.ts';

const network: [string, Home][] = [
  ['A reset in mid-body is tried again; the file is stored once and whole.', suite],
  ['Three resets in a row are outlasted; the waits grow and differ from client to client.', suite],
  ['Resets without end lead to a failure, after the tries of the policy.', suite],
  ['A store that stops reading is left at the stall limit and tried again.', suite],
  ['After a whole body without an answer the store is asked before anything is sent again.', suite],
  ['A slow and steady body runs into no limit.', suite],
  ['One 500 is tried again.', suite],
  ['500 without end fails after exactly the tries of the policy.', suite],
  ["A gateway's page is tried again and never shown.", suite],
  ['`Retry-After` in seconds is obeyed.', suite],
  ['`Retry-After` as a date is obeyed.', suite],
  ['A `Retry-After` of a day is cut short and shown.', suite],
  ['429 slows the whole line, and no other file fails.', suite],
  ['An expired signature is renewed once, and the file arrives.', suite],
  ['A fresh signature that is refused too fails without a loop.', suite],
  ["A skewed request time names the device's clock.", suite],
  ['A body too large or too small for the store fails at once, with a code of its own.', suite],
  ['A bucket that is not there fails at once.', suite],
  ['A batch that meets 401 asks the host to sign in once.', suite],
  ['A lock is waited for.', suite],
  ['A redirect is followed or becomes an error with a code.', suite],
  ['A name that is not found ends in a network error.', suite],
  ['Broken TLS ends in a network error, without a loop.', suite],
  ['An answer that CORS hides ends in an error that hints at it.', suite],
  ['A refused preflight ends as a hidden answer does.', suite],
  ['An ETag that CORS hides fails at once.', suite],
  ['A request that CSP forbids ends in an error that mentions CSP.', suite],
  ['Offline before the start: no request, and a start by itself.', suite],
  ['Offline in mid-body: no click, and finished parts are kept.', suite],
  ['Online by name only: an error in the end, no loop.', suite],
  ['Cancelled while offline stays cancelled.', suite],
  ['A change of network is tried again.', suite],
  ['A lost reply leaves one object and a file that is done.', suite],
  ['A body sent twice by the browser makes one object and one record.', suite],
  ['A reply cut short counts as lost.', suite],
  ['200 without JSON fails, and the text is never shown.', suite],
  ['200 with an error inside fails.', suite],
  ['A completion of 200 with an error inside never counts as success.', suite],
  ['A completion or proof that fails once is asked again without a byte.', suite],
  ['A lost reply to the completion is found by asking.', suite],
  ['A part that does not match is sent again alone.', suite],
  ['Going on with more than a thousand parts sends none again.', suite],
  ['A forgotten upload begins anew.', suite],
  ['Parts of another size are not counted.', suite],
  ['A sign-in page that answers for the store is found out.', suite],
  ['Busy bodies do not starve the small requests.', suite],
  ['A 500 before the body is tried again.', suite],
  ['A page in place of an address fails.', suite],
  ['A reset before the body is tried again.', suite],
  ['A refusal in words reaches the item, and is final.', suite],
  ['Answers are matched by our own id.', suite],
  ['An address that has expired on arrival is asked for anew.', suite],
  ['An address of a foreign origin gets no byte.', suite],
];

const files: [string, Home][] = [
  ['An empty file is refused, or arrives where it is allowed.', suite],
  ['Twins by name, size and type are two files.', suite],
  ['The same content twice follows the policy.', suite],
  [
    'A file changed on disk before its start is told as that, at once.',
    test(changedFile, 'a file that another program changed after the pick fails as changed, at once'),
  ],
  [
    'A file changed in mid-upload is told as that, and is never done.',
    test(badInput, 'a file that changes in mid-upload fails as changed, and is not sent again'),
  ],
  [
    'A file removed from disk is told as unreadable.',
    test(changedFile, 'a file that was removed after the pick fails as unreadable or changed, at once'),
  ],
  ['A body that arrives short is found before the file counts as stored.', suite],
  [
    'A file that cannot be read says so.',
    test(badInput, 'a file that cannot be read fails as unreadable, and is not sent again'),
  ],
  ['Five gigabytes pass with a flat heap.', part('multipart', 'needs parts and a real browser with a sparse file')],
  ['A file above the limit is refused before any request.', suite],
  [
    'Ten thousand files at once are no trouble.',
    test(badInput, 'ten thousand files at once are one notice, and cancelling them all leaves nothing running'),
  ],
  ['Folders and system files in a drop are passed over, with a reason.', part('react', 'the drop is read there')],
  [
    'A missing type is made good by extension.',
    test('test/unit/core/rules.test.ts', 'a file without a declared type is known by its extension'),
  ],
  ['A lying type is refused by what the bytes say.', server('it reads the first bytes of the stored object')],
  ['A file of two types is stored as what it is and served harmlessly.', server('it decides type and headers')],
  ['A picture with a script in it is refused or served as a download.', server('it decides type and headers')],
  ['A picture of too many pixels is refused by its header.', part('image', 'it reads headers before any decode')],
  ['A picture cut short fails as corrupt.', part('image', 'it decodes')],
  ['Animation, orientation and location survive or go, as asked.', part('image', 'it draws and strips')],
  ['An archive is never unpacked.', server('nothing in it opens one')],
  ['Hostile names are harmless.', suite],
  ['Lone surrogates survive JSON.', suite],
  ['Any date of a file will do.', suite],
  ['A Blob without a name arrives under a sensible one.', suite],
];

const person: [string, Home][] = [
  ['Cancelled before anything: no request.', suite],
  ['Cancelled while an address is asked for: no byte.', suite],
  ['Cancelled in mid-body: closed within 250 ms.', suite],
  ['Cancelled in a wait: nothing more is sent.', suite],
  ['Cancelled while it is proven: cancelled, and removed.', suite],
  ['Cancelled while the host saves: kept.', suite],
  ['Cancelled when done: nothing.', suite],
  ['Cancelling one of twenty lets the others arrive at full width.', suite],
  ['Cancelling all leaves nothing running, here and at the store.', suite],
  ['Unmounted with abort: cancelled.', suite],
  ['Unmounted without: goes on, and is seen again.', suite],
  ['Mounted twice: once is sent and saved.', suite],
  ['Hot reload and Suspense: as mounted twice.', part('react', 'its hooks run under StrictMode in test/dom')],
  ['A newer picture replaces one on its way.', suite],
  ['Retrying one retries that one.', suite],
  ['Retrying what is done: nothing.', suite],
  ['The order the person gave is the order in the end.', suite],
  ['Started twice: sent and saved once.', suite],
  ['Two tabs, one field: two results or a conflict, never a mixture.', server('rows are written by compare-and-set')],
  ['What was finished before a pause or a reload is not sent again.', suite],
  ['Reloaded between bytes and row: saved without an upload.', part('outbox', 'it outlives the page')],
  [
    'A tab asleep for ten minutes goes on.',
    test('test/unit/core/watchdog.test.ts', 'a laptop that slept for ten minutes goes on with the file by itself'),
  ],
  ['The page warns before it closes only while something is unsaved.', part('react', 'the page is its business')],
  ['A form waits, or is refused, while files are on their way.', part('components', 'they hold the form')],
  ['Storage that is missing, full or broken only ends resuming.', part('outbox', 'it is the one that stores')],
  ["One person's unfinished files are never another's.", part('outbox', 'it is the one that stores')],
];

const security: string[] = [
  'Without a user no key is minted.',
  'A form of another site with our cookies is refused.',
  'A key, prefix or bucket from the browser changes nothing.',
  'A forged ticket is refused.',
  "Another user's ticket answers as if nothing were there.",
  'A proof asked for twice gives the same record.',
  'Twenty proofs at once make one row.',
  'A proof before the body is refused.',
  'Another size than declared is refused, and the object deleted.',
  'A body above its declared size is refused.',
  'A type outside the list is refused, whatever it claims.',
  'A checksum that differs is refused.',
  'Writing over a finished object is found out.',
  'A ticket serves one purpose.',
  'A ticket that has expired proves nothing by itself.',
  'A part of a foreign upload is not signed.',
  'A part number out of range is refused.',
  'A body of absurd size or depth is refused at once.',
  'Metadata that could break a header is encoded or refused.',
  'A flood of requests is slowed.',
  'A quota counts what is promised.',
  'A message of a vendor without a signature writes nothing.',
  'Nothing is fetched from an address somebody gave.',
  'A hostile multipart body stays within bounds.',
  'Pages and scripts are served as downloads.',
  'Nothing is shown before its scan.',
];

const persistence: [string, Home][] = [
  ['A database that is down is asked again, without an upload.', suite],
  ['Down for an hour, with the tab closed: saved at the next visit.', part('outbox', 'it outlives the page')],
  ['A reply lost after the commit: the same row.', server('ids are unique in the ledger')],
  ['A refusal by the host is shown, and a retry sends nothing.', suite],
  ['A transaction rolled back leaves nothing for ever.', server('its sweep')],
  ['Killed at any step, the sweep reaches one consistent state.', server('its sweep')],
  ['A database that wakes slowly is waited for.', server('its record stores')],
  ['Races in MongoDB end in one document.', server('its record stores')],
  ['Of two workers one promotes.', server('its ledger')],
  ['A picture replaced twice: the last one stays, each other goes once.', server('its settling')],
  ['A deleted row takes its object along.', server('its sweep')],
  ['The sweep leaves alone what is young or in use.', server('its sweep')],
  ['Erasing a person reaches what was never attached.', server('its ledger knows owners')],
  ['A host that throws or hangs harms no other file.', suite],
  ['No saved address is a signed one.', suite],
];

const numbered = (section: Case['section'], first: number, rows: [string, Home][]): Case[] =>
  rows.map(([promise, home], index) => ({ number: first + index, section, promise, home }));

/** Everything that may go wrong on the way, in five sections, numbered for ever. */
export const cases: readonly Case[] = [
  ...numbered('Network', 1, network),
  ...numbered('Files', 54, files),
  ...numbered('Person and React', 78, person),
  ...numbered(
    'Server and security',
    104,
    security.map((promise) => [promise, server('its own tests')]),
  ),
  ...numbered('Persistence', 130, persistence),
];
