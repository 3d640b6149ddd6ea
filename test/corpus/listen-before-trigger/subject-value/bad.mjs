// A plain subject keeps no value: the one that it emitted before anybody subscribed is lost.
// Ends: exit 13
import { firstValueFrom, Subject } from "rxjs";

const port = new Subject();
port.next(8080);
await firstValueFrom(port); // starves
