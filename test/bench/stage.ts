/** Sets up what is compared: the servers, the data, the contenders. */
import { benchCatalogue, wordsOf } from './catalogue.ts';
import type { Cleanup } from './cleanup.ts';
import { createContenders, loadProgram, type RecordedAnswer, removedInTheEnd } from './contenders.ts';
import { fillGateway, shareRunner } from './dataset.ts';
import { startLoadProcess } from './load-process.ts';
import { queryOnce, scratchFolder, startLocalPostgres, startLocalRedis } from './local-servers.ts';
import type { Bench } from './measure.ts';
import { recordAnswers, stampsNow } from './recording.ts';
import type { Material } from './rows.ts';
import { startWriter } from './writer.ts';

/** A link may be read 600 times a minute: with so many, a gateway that takes a third of all turns may answer 10 000 a second. */
const contextLinks = 400;

export interface Stage extends Bench {
  databaseUrl: string;
}

/** @param partners how many keys there are. */
export async function setStage(partners: number, cleanup: Cleanup): Promise<Stage> {
  const scratch = scratchFolder('run');
  cleanup.add(removedInTheEnd(scratch));
  const { url: databaseUrl } = cleanup.add(await startLocalPostgres());
  const { url: redisUrl } = cleanup.add(await startLocalRedis());
  const recorded: RecordedAnswer[] = [];
  const contenders = createContenders({ databaseUrl, redisUrl }, scratch, recorded, cleanup);

  const catalogue = benchCatalogue();
  const { url } = await contenders.get('gateway');
  const keys = await fillGateway(url, catalogue, partners);
  const tokens = await shareRunner(url, databaseUrl, contextLinks);
  await queryOnce(databaseUrl, 'ANALYZE');
  const material: Omit<Material, 'stamps'> = { keys, tokens, words: wordsOf(catalogue), databaseUrl };
  let embedded: Material | undefined;

  async function materialFor(contender: string): Promise<Material> {
    if (contender !== 'gateway-embedded') return { ...material, stamps: await stampsNow(databaseUrl) };
    const gateway = await contenders.get(contender);
    embedded ??= { ...material, stamps: [], keys: await fillGateway(gateway.url, catalogue, 1) };
    return embedded;
  }
  recorded.push(...(await recordAnswers(url, await materialFor('gateway'))));
  const load = cleanup.add(startLoadProcess(loadProgram));
  return { contenders, load, materialFor, startWriter: () => startWriter(databaseUrl), databaseUrl };
}
