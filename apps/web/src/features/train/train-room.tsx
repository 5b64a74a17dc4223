import { ComingNote, Nothing, Page, Section } from "../../components/page.tsx";
import { RowList } from "../../components/row-list.tsx";
import { counted, formatDate } from "../../domain/format.ts";
import { useRecords } from "../../sync/use-records.ts";

/** Styles, datasets and trained models that exist; training itself comes later. */
export function TrainRoom() {
  const styles = useRecords("styles");
  const datasets = useRecords("datasets");
  const items = useRecords("datasetItems");
  const models = useRecords("models");
  const itemsIn = (datasetId: string) => items.filter((item) => item.datasetId === datasetId).length;
  return (
    <Page>
      <ComingNote title="Training comes to this room later">
        You will caption pictures, start a run and watch its loss and samples here. What scripts and imports
        have already brought is kept safe and listed below.
      </ComingNote>
      <Section title="Styles" aside={counted(styles.length, "style")}>
        {styles.length === 0 ? (
          <Nothing>No styles yet.</Nothing>
        ) : (
          <RowList
            label="Styles"
            rows={styles.map((style) => ({
              key: style.id,
              title: style.name,
              detail: style.triggerWord,
              end: formatDate(style.createdAt),
            }))}
          />
        )}
      </Section>
      <Section title="Datasets" aside={counted(datasets.length, "dataset")}>
        {datasets.length === 0 ? (
          <Nothing>No datasets yet.</Nothing>
        ) : (
          <RowList
            label="Datasets"
            rows={datasets.map((dataset) => ({
              key: dataset.id,
              title: dataset.name,
              detail: counted(itemsIn(dataset.id), "picture"),
              end: formatDate(dataset.createdAt),
            }))}
          />
        )}
      </Section>
      <Section title="Models" aside={counted(models.length, "model")}>
        {models.length === 0 ? (
          <Nothing>No trained models yet.</Nothing>
        ) : (
          <RowList
            label="Models"
            rows={models.map((model) => ({
              key: model.id,
              title: model.modelName,
              detail: `${model.status} · ${counted(model.trainingConfig.imageCount, "picture")}`,
              end: formatDate(model.createdAt),
            }))}
          />
        )}
      </Section>
    </Page>
  );
}
